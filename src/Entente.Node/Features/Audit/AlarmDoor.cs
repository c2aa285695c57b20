using Entente.Node.Features.Accounts;

namespace Entente.Node.Features.Audit;

/// <summary>The form that closes an alarm.</summary>
internal static class AlarmDoor
{
    public static async Task<IResult> Dismiss(string id, HttpContext context, Alarms alarms)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var officer = Officer.From(context.User);
        var error = await alarms.DismissAsync(id, officer, form["reason"].ToString(), context.RequestAborted);
        var said = error switch
        {
            null => "closed",
            AlarmError.ReasonMissing => "reason",
            _ => "gone",
        };
        return Results.LocalRedirect($"/ledger/alarms?said={said}");
    }
}
