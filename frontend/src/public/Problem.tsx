/** Why it was not done, said aloud. */
export function Problem({ problem }: { problem: string | null }) {
  return problem === null ? null : (
    <p className="bad" role="alert">
      {problem}
    </p>
  );
}
