using Entente.Node.Features.Exchange.Pages;

namespace Entente.Node.Features.Exchange.Deadlines.Pages;

/// <summary>A unit's hours out of their form.</summary>
internal static class DutyForm
{
    public static DutyHours Read(IFormCollection form, string unit)
    {
        var closes = LocalTimes.Minutes(form["closes"].ToString()) ?? -1;
        return new DutyHours
        {
            Unit = unit,
            Days = string.Join(',', ComposeForm.Many(form, "day")),
            Opens = LocalTimes.Minutes(form["opens"].ToString()) ?? -1,
            // Midnight is where a day ends, and the field knows no 24:00.
            Closes = closes == 0 ? 24 * 60 : closes,
            DutyUnit = ComposeForm.Text(form, "duty-unit"),
            Holidays = string.Join(
                ' ',
                ComposeForm.Text(form, "holidays").Split(['\n', ' ', ','], StringSplitOptions.RemoveEmptyEntries)
            ),
        };
    }
}
