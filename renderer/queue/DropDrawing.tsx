/** A reel of film on its way into a parcel: what Remessa does, in one drawing. Colours come from the tokens. */
export function DropDrawing({ isOpen = false }: { readonly isOpen?: boolean }) {
  return (
    <svg className={`drawing ${isOpen ? 'drawing-open' : ''}`} viewBox="0 0 200 148" aria-hidden focusable="false">
      <ellipse className="drawing-shadow" cx="100" cy="138" rx="66" ry="6" />
      <path className="drawing-inside" d="M44 74 100 58l56 16-56 18z" />
      <g className="drawing-film">
        <rect className="drawing-sheet" x="63" y="14" width="74" height="56" rx="8" />
        <path className="drawing-holes" d="M71 22v40M129 22v40" />
        <circle className="drawing-disc" cx="100" cy="42" r="15" />
        <path className="drawing-play" d="M95.500 35v14l11.500-7z" />
      </g>
      <path className="drawing-left" d="M44 74 100 92v44L48 118.500a6 6 0 0 1-4-5.700z" />
      <path className="drawing-right" d="M156 74 100 92v44l52-17.500a6 6 0 0 0 4-5.700z" />
      <path className="drawing-flap" d="M44 74 28 88l54 18 18-14z" />
      <path className="drawing-flap" d="m156 74 16 14-54 18-18-14z" />
      <path className="drawing-check" d="m124 116 5 3.500 9-11" />
    </svg>
  );
}
