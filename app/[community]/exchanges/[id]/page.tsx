import type { Metadata } from "next";
import { getFormatter } from "next-intl/server";
import { cache } from "react";
import { withMessages } from "@/app/messages-provider";
import { getTranslations } from "@/app/translations";
import { Contact } from "@/components/exchange/contact";
import { ExchangeActions } from "@/components/exchange/exchange-actions";
import { ReturnForm } from "@/components/exchange/forms/return-form";
import { Notes } from "@/components/exchange/notes";
import { Series } from "@/components/exchange/series";
import { AutomaticOutcome } from "@/components/exchange/status/automatic-outcome";
import { History } from "@/components/exchange/status/history";
import { StatusPanel } from "@/components/exchange/status/status-panel";
import { ExchangeTerms } from "@/components/exchange/terms";
import { whoText } from "@/components/exchange/who";
import { momentText } from "@/components/format/dates";
import { MarkSeen } from "@/components/notification/mark-seen";
import { ExchangeThanks } from "@/components/thanks/exchange-thanks";
import { LinkButton } from "@/components/ui/button";
import { Columns, Page } from "@/components/ui/page";
import { SLOT_DAYS } from "@/domain/availability/availability";
import { memberOf, sideName } from "@/domain/exchange/sides";
import { callOrRedirect, sendsMail } from "@/server/api/caller";
import { getCommunity } from "../../community";

type Props = { params: Promise<{ community: string; id: string }> };

const exchangeOf = cache((community: string, id: string) =>
  callOrRedirect((api) => api.exchange.get({ community, id }), `/${community}/exchanges/${id}`),
);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { community, id } = await params;
  return { title: (await exchangeOf(community, id)).title };
}

/** The giver's free times, where the two could settle on another one. */
async function slotsFor(community: string, exchange: Awaited<ReturnType<typeof exchangeOf>>) {
  const { actions, agreedMinutes, id } = exchange;
  const giver = memberOf(exchange.giver);
  if (!giver) return null;
  if (!actions.includes("counter") && !actions.includes("requestReschedule")) return null;
  return callOrRedirect(
    (api) =>
      api.availability.slots({
        community,
        memberId: giver.id,
        minutes: agreedMinutes,
        days: SLOT_DAYS,
      }),
    `/${community}/exchanges/${id}`,
  );
}

/** One exchange: where it stands, whose turn it is, what can be done, what happened. */
async function ExchangePage({ params }: Props) {
  const { community: slug, id } = await params;
  const { community } = await getCommunity(slug);
  const exchange = await exchangeOf(slug, id);
  const words = await callOrRedirect(
    (api) => api.thanks.forExchange({ community: slug, id }),
    `/${slug}/exchanges/${id}`,
  );
  const t = await getTranslations("exchange");
  const { timeZone, granularity } = community;
  const now = new Date();
  const slots = await slotsFor(slug, exchange);
  const shown = { exchange, community: slug, timeZone };
  const names = await getTranslations("memberName");
  const name = sideName(names, exchange.other);
  const format = await getFormatter();
  const { mySide } = exchange;
  return (
    <Page
      title={exchange.title}
      lead={whoText(t, names, exchange)}
      back={
        mySide
          ? { href: `/${slug}/exchanges`, label: t("page.back") }
          : { href: `/${slug}/coordinate`, label: t("page.backCoordinate") }
      }
    >
      {exchange.isUnseen && <MarkSeen community={slug} exchangeId={id} />}
      <Columns
        aside={
          <>
            <AutomaticOutcome exchange={exchange} timeZone={timeZone} sendsMail={sendsMail()} />
            <History exchange={exchange} timeZone={timeZone} />
          </>
        }
      >
        <StatusPanel exchange={exchange} timeZone={timeZone} now={now}>
          <ExchangeActions
            exchange={exchange}
            community={{ slug, timeZone, granularity }}
            now={now}
            slots={slots}
          />
          {exchange.actions.includes("returnHours") && exchange.returnableUntil && (
            <ReturnForm
              exchange={{ community: slug, id, version: exchange.version }}
              name={name}
              until={momentText(format, exchange.returnableUntil, timeZone)}
            />
          )}
          {exchange.isOver && exchange.mySide && exchange.other.kind === "member" && (
            <p>
              <LinkButton
                variant="secondary"
                href={`/${slug}/propose?to=${exchange.other.id}&mySide=${exchange.mySide}`}
              >
                {t("page.again", { name })}
              </LinkButton>
            </p>
          )}
        </StatusPanel>
        <Contact exchange={exchange} />
        <ExchangeThanks {...shown} words={words} now={now} />
        <ExchangeTerms {...shown} />
        {exchange.status === "agreed" && exchange.mySide && (
          <p>
            <a className="link" href={`/${slug}/exchanges/${id}/calendar`} download>
              {t("page.calendar")}
            </a>
          </p>
        )}
        <Series {...shown} />
        <Notes {...shown} />
      </Columns>
    </Page>
  );
}

export default withMessages(["exchangeForm", "form", "thanksForm"], ExchangePage);
