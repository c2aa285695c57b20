using System.Globalization;
using Entente.Node.Features.Activities;
using Entente.Node.Features.Commitments;
using Entente.Node.Features.Meetings;
using Entente.Node.Features.Record;
using Calendar = Entente.Node.Features.Meetings.Calendar;

namespace Entente.Node.Tests.Meetings;

/// <summary>Dates that a partner may write and from which no further day can be counted.</summary>
public sealed class FarDatesTests
{
    [Theory]
    [InlineData("9999-12-31")]
    [InlineData("0001-01-01")]
    public void Day_at_the_end_of_time_is_no_day_of_a_meeting_an_activity_or_a_promise(string day)
    {
        MeetingPlan.Read($$"""{"kind":"meeting","date":"{{day}}"}""").ShouldBeNull();
        PartialDate.TryDay(day, out _).ShouldBeFalse();
        PartialDate.IsValid(day).ShouldBeFalse();
        Account(day).Holds().ShouldBeFalse();
        Account("2027-05-12").Holds().ShouldBeTrue();
    }

    [Fact]
    public void Calendar_leaves_out_a_promise_for_the_end_of_time()
    {
        var due = new DueCommitment { Id = "c", Due = "9999-12-31" };

        var file = Calendar.Write("x", [], [(due, "x")], DateTimeOffset.UnixEpoch);

        file.ShouldNotContain("BEGIN:VEVENT");
    }

    [Fact]
    public void Time_of_a_meeting_is_read_alike_in_every_language()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fi"); // It parts hours and minutes by a full stop.
        try
        {
            MeetingPlan.Read("""{"kind":"meeting","date":"2027-05-12","time":"10:30"}""").ShouldNotBeNull();
            MeetingPlan.Read("""{"kind":"meeting","date":"2027-05-12","time":"10.30"}""").ShouldBeNull();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static ActivityAccount Account(string day) =>
        new()
        {
            Activity = "a",
            Kind = "training",
            Title = "x",
            Domain = "terrorism",
            Begins = day,
        };
}
