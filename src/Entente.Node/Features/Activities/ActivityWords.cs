using System.Globalization;
using Entente.Node.Features.Record;
using Entente.Node.Web;

namespace Entente.Node.Features.Activities;

internal static class ActivityWords
{
    public static Web.Components.Tone Tone(string state) =>
        state switch
        {
            ActivityCodes.Held => Web.Components.Tone.Good,
            "under-way" => Web.Components.Tone.Info,
            "cancelled" => Web.Components.Tone.Quiet,
            _ => Web.Components.Tone.Care,
        };

    public static string Days(string begins, string? ends) =>
        ends is null || ends == begins
            ? PartialDate.Show(begins)
            : $"{PartialDate.Show(begins)} – {PartialDate.Show(ends)}";

    public static string Result(Labels labels, string type, double? number, string? unit) =>
        number is not { } amount ? labels[$"result.{type}"]
        : unit is null ? labels.Pair(labels[$"result.{type}"], amount.ToString("#,0.##", CultureInfo.CurrentCulture))
        : labels.Pair(
            labels[$"result.{type}"],
            $"{amount.ToString("#,0.##", CultureInfo.CurrentCulture)} {labels[$"activities.unit.{unit}"]}"
        );
}
