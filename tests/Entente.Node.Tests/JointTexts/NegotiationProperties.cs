using System.Text.Json;
using Entente.Node.Features.Texts.Negotiation;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Node.Tests.JointTexts;

public class NegotiationProperties
{
    private static Config Times(int count) => Config.QuickThrowOnFailure.WithMaxTest(count).WithEndSize(70);

    /// <summary>
    /// The four promises of a negotiation, each over the same histories: both end with one text or one visible
    /// disagreement; no word is lost; what is in force is in force on both sides and stays what was signed.
    /// </summary>
    [Fact]
    public void Whatever_the_order_both_sides_hold_one_text_and_no_word_is_lost()
    {
        var (signed, disagreed) = (0, 0);
        Prop.ForAll(
                Steps(),
                steps =>
                {
                    var history = NegotiationHistory.Play(steps);
                    var (rabat, madrid) = (history.Rabat.State, history.Madrid.State);
                    signed += rabat.InForce is null ? 0 : 1;
                    disagreed += rabat.Disagreements > 0 ? 1 : 0;
                    return Told(rabat) == Told(madrid)
                        && rabat.Canonical?.Sha256 == madrid.Canonical?.Sha256
                        && (rabat.Canonical is not null || rabat.Disagreements > 0)
                        && history.LostWords(history.Rabat).Count == 0
                        && ForceHolds(history);
                }
            )
            .Check(Times(4000));

        // Or the histories would prove nothing. Some 120 and 180 of them are; the least is set well below, so that chance fails nothing.
        signed.ShouldBeGreaterThan(40);
        disagreed.ShouldBeGreaterThan(100);
    }

    private static bool ForceHolds(NegotiationHistory history)
    {
        var seen = history.InForceSeen.Distinct().ToList();
        return seen.Count == 0
            || (
                seen.Count == 1
                && history.Rabat.State.InForce?.Sha256 == seen[0]
                && history.Madrid.State.InForce?.Sha256 == seen[0]
                && SignedText(history.Rabat) == seen[0]
            );
    }

    [Fact]
    public void A_place_between_two_places_sorts_between_them() =>
        Prop.ForAll(
                Steps(),
                steps =>
                {
                    var places = new List<string>();
                    foreach (var step in steps)
                    {
                        var at = step % (places.Count + 1);
                        var place = Positions.Between(
                            at == 0 ? null : places[at - 1],
                            at == places.Count ? null : places[at]
                        );
                        places.Insert(at, place);
                    }

                    return places.Zip(places.Skip(1)).All(pair => string.CompareOrdinal(pair.First, pair.Second) < 0);
                }
            )
            .Check(Times(500));

    private static Arbitrary<int[]> Steps() =>
        Gen.Choose(0, 2 * NegotiationHistory.Choices * 40).ArrayOf().ToArbitrary();

    /// <summary>The text that was signed can be had again from the turns, whatever came after.</summary>
    private static string? SignedText(Side side) =>
        TextState.At("t", side.Turns, side.State.InForce!.Signatures[0]).Canonical?.Sha256;

    private static string Told(TextState state) =>
        JsonSerializer.Serialize(
            new
            {
                state.Clauses,
                state.Title,
                state.Signatures,
                state.Comments,
            }
        );
}
