using Entente.Node.Features.Exchange.Deadlines;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Node.Tests.Exchange.Deadlines;

public sealed class LegalClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Limit = TimeSpan.FromHours(8);

    [Fact]
    public void Clock_that_nothing_moves_runs_for_the_limit_and_warns_in_its_last_quarter_and_tenth()
    {
        var reading = LegalClock.Read(Start, Limit, []);

        reading.Due.ShouldBe(Start.AddHours(8));
        reading.WarnAt.ShouldBe(Start.AddHours(6));
        reading.EscalateAt.ShouldBe(Start.AddHours(8) - (Limit / 10));
    }

    [Fact]
    public void Clarification_stops_the_clock_and_its_arrival_starts_it_again()
    {
        LegalClock.Read(Start, Limit, [At(3, ClockMoves.Asked)]).Left.ShouldBe(TimeSpan.FromHours(5));

        LegalClock
            .Read(Start, Limit, [At(3, ClockMoves.Asked), At(13, ClockMoves.Clarified)])
            .Due.ShouldBe(Start.AddHours(18));
    }

    [Fact]
    public void Judge_s_delay_stops_the_clock_and_may_be_told_anew()
    {
        var first = At(1, ClockMoves.Authorising) with { Expected = Start.AddDays(2) };
        var second = At(40, ClockMoves.Authorising) with { Expected = Start.AddDays(5) };

        var waiting = LegalClock.Read(Start, Limit, [first, second]);
        var decided = LegalClock.Read(Start, Limit, [first, second, At(100, ClockMoves.Authorised)]);

        waiting.State.ShouldBe(ClockState.Authorisation);
        waiting.Expected.ShouldBe(Start.AddDays(5));
        waiting.WarnAt.ShouldBe(Start.AddDays(5));
        decided.Due.ShouldBe(Start.AddHours(107));
        decided.Authorisation.ShouldBeTrue();
    }

    [Fact]
    public void Clock_that_has_run_out_cannot_be_stopped() =>
        LegalClock.Read(Start, Limit, [At(9, ClockMoves.Asked)]).Due.ShouldBe(Start.AddHours(8));

    [Fact]
    public void What_has_no_receipt_yet_moves_nothing() =>
        LegalClock.Read(Start, Limit, [At(3, ClockMoves.Asked) with { At = null }]).Due.ShouldBe(Start.AddHours(8));

    [Fact]
    public void Nothing_moves_the_clock_before_it_started() =>
        LegalClock
            .Read(Start, Limit, [At(-2, ClockMoves.Asked), At(1, ClockMoves.Clarified)])
            .Due.ShouldBe(Start.AddHours(9));

    [Fact]
    public void Reading_does_not_depend_on_the_order_in_which_messages_came() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(5000),
            Prop.ForAll(
                Histories().ToArbitrary(),
                Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
                (history, seed) =>
                {
                    var shuffled = history.OrderBy(e => HashCode.Combine(e.Id, seed));
                    return LegalClock.Read(Start, Limit, history) == LegalClock.Read(Start, Limit, shuffled);
                }
            )
        );

    [Fact]
    public void Time_that_runs_is_never_more_than_the_limit_and_never_less_while_there_is_some_left() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(5000),
            Prop.ForAll(
                Histories().ToArbitrary(),
                history =>
                {
                    var reading = LegalClock.Read(Start, Limit, history);
                    return reading.Due is { } due
                        ? due - Start >= Limit && due <= Start + Limit + TimeSpan.FromHours(200)
                        : reading.Left > TimeSpan.Zero && reading.Left <= Limit;
                }
            )
        );

    private static Gen<ClockEvent[]> Histories() =>
        (
            from number in Gen.Choose(1, 9999)
            from minutes in Gen.Choose(-60, 12_000)
            from move in Gen.Elements(
                ClockMoves.Asked,
                ClockMoves.Clarified,
                ClockMoves.Authorising,
                ClockMoves.Authorised
            )
            from days in Gen.Choose(1, 30)
            select At(minutes / 60.0, move) with
            {
                Id = $"{number:0000}-{minutes}",
                Expected = move == ClockMoves.Authorising ? Start.AddDays(days) : null,
            }
        )
            .ListOf()
            .Select(events => events.DistinctBy(e => e.Id).ToArray());

    private static ClockEvent At(double hours, string move) =>
        new()
        {
            Id = $"{move}-{hours}",
            RequestId = "request",
            Direction = "in",
            Move = move,
            Sent = Start,
            At = Start.AddHours(hours),
        };
}
