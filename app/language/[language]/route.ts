import { chooseOnDevice } from "@/server/api/http/trpc-http";

type Context = { params: Promise<{ language: string }> };

/** Remembers a language on this device and goes back to the page, without a script. */
export const GET = async (request: Request, { params }: Context): Promise<Response> =>
  chooseOnDevice(request, (await params).language);
