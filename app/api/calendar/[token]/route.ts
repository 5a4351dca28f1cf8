import { calendarFeed } from "@/server/api/http/calendar";

type Context = { params: Promise<{ token: string }> };

/** A person's calendar, for programs that subscribe to its private address. */
export const GET = async (request: Request, { params }: Context): Promise<Response> =>
  calendarFeed(request, (await params).token);
