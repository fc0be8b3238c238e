/** Fields by which an account itself says where it runs. */
export function isRegionField(id: string): boolean {
  return id === "region" || id === "location";
}
