/** An Idempotency-Key: 128 random bits; `randomUUID` is missing where the page is not secure. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
