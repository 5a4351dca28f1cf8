import { DomainError } from "../../domain/errors";
import type { ExchangeEventKind } from "../../domain/exchange";
import type { Tx } from "../client";
import type { Prisma } from "../generated/client";

export type ExchangeRow = Prisma.ExchangeModel;

/**
 * The exchange, locked until the transaction ends, so that its moves happen one after another.
 * @throws DomainError notFound
 */
export async function lockExchange(tx: Tx, communityId: string, id: string): Promise<ExchangeRow> {
  await tx.$queryRaw`
    SELECT 1 FROM exchange WHERE community_id = ${communityId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  const row = await tx.exchange.findUnique({ where: { communityId_id: { communityId, id } } });
  if (!row) throw new DomainError("notFound");
  return row;
}

/** Saves a move of a locked exchange together with its line in the history. */
export async function saveMove(
  tx: Tx,
  exchange: ExchangeRow,
  data: Prisma.ExchangeUncheckedUpdateInput,
  event: {
    kind: ExchangeEventKind;
    memberId: string | null;
    at: Date;
    minutes?: number | null;
    startsAt?: Date | null;
    reason?: string;
  },
): Promise<ExchangeRow> {
  const { communityId, id } = exchange;
  const version = exchange.version + 1;
  const saved = await tx.exchange.update({
    where: { communityId_id: { communityId, id } },
    data: { ...data, version },
  });
  await tx.exchangeEvent.create({ data: { communityId, exchangeId: id, version, ...event } });
  return saved;
}
