import { connection } from "next/server";

/** Made for its request, as every page of the product is. */
export default async function Page() {
  await connection();
  return <p>Hello</p>;
}
