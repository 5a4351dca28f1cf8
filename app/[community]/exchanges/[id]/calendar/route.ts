import { exchangeFile } from "@/server/api/http/calendar";

type Context = { params: Promise<{ community: string; id: string }> };

/** One exchange as a file for a calendar. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { community, id } = await params;
  return exchangeFile(request, community, id);
}
