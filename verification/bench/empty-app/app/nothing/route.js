/** What a procedure costs before it does anything: Next, a small JSON in, a small JSON out. */
export async function POST(request) {
  await request.json();
  return Response.json({ ok: true });
}
