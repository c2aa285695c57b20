namespace Entente.Node.Features.Texts;

/// <summary>How a promise is measured: counted from the exchange, or said by hand.</summary>
internal static class Indicators
{
    public const string AnswersInTime = "answers-in-time";
    public const string Activities = "activities";
    public const string PeopleTrained = "people-trained";
    public const string ByHand = "by-hand";

    public static readonly IReadOnlyList<string> All = [ByHand, AnswersInTime, Activities, PeopleTrained];
}
