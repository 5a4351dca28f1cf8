import { postUnsubscribe, showUnsubscribe } from "@/server/api/http/unsubscribe";

type Context = { params: Promise<{ token: string }> };

export const GET = async (_: Request, { params }: Context): Promise<Response> =>
  showUnsubscribe((await params).token);

export const POST = async (request: Request, { params }: Context): Promise<Response> =>
  postUnsubscribe(request, (await params).token);
