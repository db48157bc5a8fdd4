/** The address of a page, as the server takes it; null where it is none. */
export function addressOf(typed: string): string | null {
  const text = typed.trim();
  try {
    const url = new URL(/^https?:\/\//i.test(text) ? text : `https://${text}`);
    if (!url.hostname.includes('.') || url.username !== '' || /^[a-z]+:(?!\/\/)/i.test(text)) return null;
    return url.href.replaceAll(/[\s<>"'\\^`{|}]/g, (one) => (one === "'" ? '%27' : encodeURIComponent(one)));
  } catch {
    return null;
  }
}
