/** The element of a method on a page. */
export function methodPlace(id: string): string {
  return `method-${id}`;
}
