import { useTranslations } from "@/components/translations";
import { sideName } from "@/domain/exchange/sides";
import type { ExchangeAction } from "@/domain/exchange/transitions";
import { localOf } from "@/domain/kernel/calendar";
import type { SlotTime } from "../format/slots";
import type { Exchange, ExchangeRef } from "./exchange";
import { AgreeForm, DeclineForm } from "./forms/answer-proposal";
import { ConfirmForm, DisputeForm } from "./forms/answer-report";
import { DelayForm, NotHappenedForm } from "./forms/attendance-forms";
import { CounterForm } from "./forms/counter-form";
import { ReportForm } from "./forms/report-form";
import {
  AcceptRescheduleForm,
  CancelRescheduleForm,
  RescheduleForm,
} from "./forms/reschedule-forms";
import { ResolveWithHoursForm, ResolveWithoutHoursForm } from "./forms/resolve-dispute-forms";
import { ReverseForm } from "./forms/reverse-form";
import { CancelForm, WithdrawForm } from "./forms/withdraw-forms";
import { placeChoiceOf } from "./place";

type ActionsProps = {
  exchange: Exchange;
  community: { slug: string; timeZone: string; granularity: number };
  now: Date;
  /** The giver's free times, where another time can be suggested. */
  slots: readonly SlotTime[] | null;
};

/** The transitions that this member can make now, the most likely one first, each in its own form. */
export function ExchangeActions(props: ActionsProps) {
  const { exchange, community } = props;
  const names = useTranslations("memberName");
  const { id, version, actions, other } = exchange;
  if (actions.length === 0) return null;
  const ref: ExchangeRef = { community: community.slug, id, version };
  const can = (action: ExchangeAction) => actions.includes(action);
  const name = sideName(names, other);
  return (
    <div className="grid min-w-0 gap-4">
      {can("agree") && <AgreeForm exchange={ref} />}
      {can("acceptReschedule") && <AcceptRescheduleForm exchange={ref} />}
      {can("cancelReschedule") && <CancelRescheduleForm exchange={ref} />}
      {can("confirm") && <ConfirmForm exchange={ref} />}
      {can("report") && <Report {...props} reference={ref} />}
      {can("counter") && <Counter {...props} reference={ref} />}
      {can("decline") && <DeclineForm exchange={ref} name={name} />}
      {can("dispute") && <DisputeForm exchange={ref} name={name} />}
      {can("withdraw") && <WithdrawForm exchange={ref} name={name} />}
      {can("requestReschedule") && <AttendanceActions {...props} reference={ref} />}
      {can("cancel") && <CancelForm exchange={ref} name={name} />}
      <Decisions {...props} reference={ref} />
    </div>
  );
}

function Report({ exchange, community, reference }: ActionsProps & { reference: ExchangeRef }) {
  const names = useTranslations("memberName");
  const { mySide, other, minutes, reportMode } = exchange;
  if (!mySide) return null;
  return (
    <ReportForm
      exchange={reference}
      mySide={mySide}
      name={sideName(names, other)}
      minutes={minutes}
      granularity={community.granularity}
      mode={reportMode}
    />
  );
}

function Counter({
  exchange,
  community,
  now,
  slots,
  reference,
}: ActionsProps & { reference: ExchangeRef }) {
  const names = useTranslations("memberName");
  const { mySide, other, startsAt, agreedMinutes, place, placeNote } = exchange;
  if (!mySide) return null;
  const draft = {
    ...localOf(startsAt, community.timeZone),
    minutes: agreedMinutes,
    place: placeChoiceOf(place, mySide),
    placeNote,
  };
  return (
    <CounterForm
      exchange={reference}
      mySide={mySide}
      name={sideName(names, other)}
      draft={draft}
      today={localOf(now, community.timeZone).date}
      granularity={community.granularity}
      slots={slots}
    />
  );
}

/** Reschedule, report a delay, cancel, or report that the help did not happen. */
function AttendanceActions({
  exchange,
  community,
  now,
  slots,
  reference,
}: ActionsProps & { reference: ExchangeRef }) {
  const t = useTranslations("exchange.cause");
  const names = useTranslations("memberName");
  const { mySide, other, startsAt, actions } = exchange;
  if (!mySide) return null;
  const name = sideName(names, other);
  return (
    <>
      {actions.includes("reportDelay") && <DelayForm exchange={reference} name={name} />}
      <RescheduleForm
        exchange={reference}
        mySide={mySide}
        name={name}
        draft={localOf(startsAt, community.timeZone)}
        today={localOf(now, community.timeZone).date}
        slots={slots}
      />
      {actions.includes("markNotHappened") && (
        <NotHappenedForm
          exchange={reference}
          name={name}
          causes={{
            ill: t("ill"),
            forgot: t("forgot"),
            weather: t("weather"),
            mixUp: t("mixUp"),
            other: t("other"),
          }}
        />
      )}
    </>
  );
}

/** Transitions for a coordinator who is not a side of the exchange. */
function Decisions({ exchange, community, reference }: ActionsProps & { reference: ExchangeRef }) {
  const { actions } = exchange;
  const names = useTranslations("memberName");
  const sides = {
    giver: sideName(names, exchange.giver),
    receiver: sideName(names, exchange.receiver),
  };
  return (
    <>
      {actions.includes("resolveWithHours") && (
        <ResolveWithHoursForm
          exchange={reference}
          {...sides}
          minutes={exchange.minutes}
          granularity={community.granularity}
        />
      )}
      {actions.includes("resolveWithoutHours") && <ResolveWithoutHoursForm exchange={reference} />}
      {actions.includes("reverse") && <ReverseForm exchange={reference} {...sides} />}
    </>
  );
}
