import { useTranslations } from "@/components/translations";
import type { ExchangeAction } from "@/domain/exchange/transitions";
import { localOf } from "@/domain/kernel/calendar";
import type { SlotTime } from "../format/slots";
import { type Exchange, type ExchangeRef, pendingParties } from "./exchange";
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
  const { id, version, actions, canReverse, other } = exchange;
  if (actions.length === 0 && !canReverse) return null;
  const ref: ExchangeRef = { community: community.slug, id, version };
  const can = (action: ExchangeAction) => actions.includes(action);
  const name = other.displayName;
  return (
    <div className="grid min-w-0 gap-4">
      {can("agree") && !exchange.isTaken && <AgreeForm exchange={ref} />}
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

function Report({
  exchange,
  community,
  now,
  reference,
}: ActionsProps & { reference: ExchangeRef }) {
  const { mySide, status, startsAt, other, minutes } = exchange;
  if (!mySide) return null;
  const isCorrection = status === "reported" && pendingParties(exchange).iAmAuthor;
  return (
    <ReportForm
      exchange={reference}
      mySide={mySide}
      name={other.displayName}
      minutes={minutes}
      granularity={community.granularity}
      mode={isCorrection ? "correct" : startsAt > now ? "early" : "due"}
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
      name={other.displayName}
      draft={draft}
      today={localOf(now, community.timeZone).date}
      granularity={community.granularity}
      slots={slots}
    />
  );
}

/** How long before the start a delay can be reported. */
const DELAY_REPORT_FROM_MS = 3 * 3_600_000;

/** Reschedule, report a delay, cancel, or report that the help did not happen. */
function AttendanceActions({
  exchange,
  community,
  now,
  slots,
  reference,
}: ActionsProps & { reference: ExchangeRef }) {
  const t = useTranslations("exchange.cause");
  const { mySide, other, startsAt, agreedMinutes } = exchange;
  if (!mySide) return null;
  const name = other.displayName;
  const begins = startsAt.getTime();
  const isOver = begins + agreedMinutes * 60_000 <= now.getTime();
  return (
    <>
      {begins - now.getTime() <= DELAY_REPORT_FROM_MS && !isOver && (
        <DelayForm exchange={reference} name={name} />
      )}
      <RescheduleForm
        exchange={reference}
        mySide={mySide}
        name={name}
        draft={localOf(startsAt, community.timeZone)}
        today={localOf(now, community.timeZone).date}
        slots={slots}
      />
      {begins <= now.getTime() && (
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
  const { actions, canReverse } = exchange;
  const people = { giver: exchange.giver.displayName, receiver: exchange.receiver.displayName };
  return (
    <>
      {actions.includes("resolveWithHours") && (
        <ResolveWithHoursForm
          exchange={reference}
          {...people}
          minutes={exchange.minutes}
          granularity={community.granularity}
        />
      )}
      {actions.includes("resolveWithoutHours") && <ResolveWithoutHoursForm exchange={reference} />}
      {canReverse && <ReverseForm exchange={reference} {...people} />}
    </>
  );
}
