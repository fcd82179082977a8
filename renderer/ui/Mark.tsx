/** Remessa's sign: the play triangle, turned upwards, leaving its tray. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 48 48" aria-hidden focusable="false">
      <rect className="mark-ground" width="48" height="48" rx="12" />
      <path
        className="mark-sign"
        d="M22.300 10.900a2 2 0 0 1 3.400 0l7.600 12.600a2 2 0 0 1-1.700 3H16.400a2 2 0 0 1-1.700-3z"
      />
      <path className="mark-tray" d="M13 31.500v2.500a3 3 0 0 0 3 3h16a3 3 0 0 0 3-3v-2.500" />
    </svg>
  );
}
