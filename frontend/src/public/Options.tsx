/** The options of a select whose first says that one is to be chosen. */
export function Options({ first, all }: { first: string; all: readonly { id: string; label: string }[] }) {
  return (
    <>
      <option value="">{first}</option>
      {all.map((one) => (
        <option key={one.id} value={one.id}>
          {one.label}
        </option>
      ))}
    </>
  );
}
