/** Whether a text looks like an id of Prefactor's: 32 characters of Crockford's Base32. */
export function looksLikeId(text: string): boolean {
  return /^[0-9a-hjkmnp-tv-z]{32}$/i.test(text.trim());
}
