/** While the main process asks the destination. */
export function Waiting({ words }: { readonly words: string }) {
  return (
    <p className="test-running" aria-live="polite">
      <span className="spinner" aria-hidden />
      {words}
    </p>
  );
}
