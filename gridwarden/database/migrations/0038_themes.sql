-- Social management: themes, and which kinds of incidents belong to each. A kind that is named goes before its class; of
-- several themes the first counts.
CREATE TABLE themes (
    code text PRIMARY KEY,
    position smallint NOT NULL,
    version integer NOT NULL DEFAULT 1,
    name_en text NOT NULL,
    name_zh text NOT NULL,
    classes text[] NOT NULL DEFAULT '{}',
    kinds text[] NOT NULL DEFAULT '{}'
);
INSERT INTO themes (code, position, name_en, name_zh, classes, kinds) VALUES
    ('appearance', 1, 'City appearance', '市容市貌',
     '{city appearance,publicity and advertising,greening,street order,other components}', '{C0306,C0307}'),
    ('sanitation', 2, 'Sanitation', '环境卫生',
     '{city environment}', '{E0102,E0103,E0104,E0105,E0106,E0113,E0115,E0116}'),
    ('safety', 3, 'Safety', '公共安全',
     '{public facilities,roads and traffic,construction,sudden events,emergency}',
     '{E0110,E0112,E0603,C0502,C0504,C0505}'),
    ('stability', 4, 'Stability', '社会稳定',
     '{other events}', '{E0409,E0502,E0509,E0510,E0602,E9002}');

-- The theme of each kind; NULL where it belongs to none.
CREATE VIEW kind_themes AS
SELECT k.key AS kind,
       coalesce((SELECT t.code FROM themes t WHERE k.code = ANY(t.kinds) ORDER BY t.position LIMIT 1),
                (SELECT t.code FROM themes t WHERE k.class = ANY(t.classes) ORDER BY t.position LIMIT 1)) AS theme
FROM incident_kinds k;
