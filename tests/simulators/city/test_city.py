from __future__ import annotations

from collections import Counter

from shapely.geometry import shape

from simulators.city.city import City, token_of

DEPTH = {"district": 6, "street": 9, "community": 12, "grid": 15}


def test_the_tree_has_four_levels_with_parents_before_children(city: City) -> None:
    assert Counter(one.level for one in city.organisations)["district"] == 4
    seen = {"city"}
    for one in city.organisations:
        assert one.parent in seen
        seen.add(one.id)
    assert len(seen) == len(city.organisations) + 1


def test_codes_are_digits_and_begin_with_those_of_the_parent(city: City) -> None:
    for one in city.organisations:
        assert one.code.isdigit()
        assert len(one.code) == DEPTH[one.level]
        if one.level != "district":
            assert one.code[:-3] == one.parent


def test_a_street_has_about_as_many_grids_as_real_ones(city: City) -> None:
    grids = Counter(grid.id[:9] for grid in city.grids)
    assert sum(grids.values()) == 384
    assert all(28 <= count <= 40 for count in grids.values())


def test_the_grids_of_a_community_are_numbered_from_one_without_gaps(city: City) -> None:
    numbers: dict[str, list[int]] = {}
    for grid in city.grids:
        numbers.setdefault(grid.parent, []).append(int(grid.id[-3:]))
    assert all(given == list(range(1, len(given) + 1)) for given in numbers.values())


def test_territories_are_valid_and_hold_those_of_their_children(city: City) -> None:
    shapes = {one.id: shape(one.territory) for one in city.organisations}
    assert all(territory.is_valid and not territory.is_empty for territory in shapes.values())
    for one in city.organisations:
        if one.parent in shapes:
            outside = shapes[one.id].difference(shapes[one.parent])
            assert outside.area < 0.02 * shapes[one.id].area


def test_names_are_unique_within_their_level(city: City) -> None:
    names = Counter((one.level, one.name) for one in city.organisations)
    assert max(names.values()) == 1


def test_every_grid_has_streets_to_walk(city: City) -> None:
    assert set(range(384)) <= set(city.home.tolist())


def test_the_same_seed_gives_the_same_people(city: City) -> None:
    assert City.load(1).members(500) == city.members(500)
    assert City.load(2).members(500) != city.members(500)


def test_more_members_begin_with_the_same_ones(city: City) -> None:
    assert [one.id for one in city.members(900)[:500]] == [one.id for one in city.members(500)]
    assert [one.grid for one in city.members(900)[:500]] == [one.grid for one in city.members(500)]


def test_every_grid_gets_its_first_member_before_any_gets_a_second(city: City) -> None:
    assert Counter(one.grid for one in city.members(384)) == Counter(range(384))


def test_members_fill_the_posts_of_the_preset_of_their_district(city: City) -> None:
    posts = {city.presets[one.grid]: set[str]() for one in city.members(384)}
    for one in city.members(384 * 4):
        posts[city.presets[one.grid]].add(one.post)
    assert {"administrator", "coordinator", "supervisor"} <= posts["3+X"]
    assert posts["one grid, four members"] == {"administrator", "coordinator", "police officer", "supervisor"}
    assert "street cadre" in posts["4+6"]
    assert "grid leader" in posts["trinity"]


def test_devices_and_tokens_are_unique_and_of_the_seed(city: City) -> None:
    people = city.members(3000)
    assert len({one.device for one in people}) == len({one.token for one in people}) == 3000
    assert people[0].token == token_of(1, people[0].device) != token_of(2, people[0].device)
