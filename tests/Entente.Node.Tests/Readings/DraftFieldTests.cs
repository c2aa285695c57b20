using Entente.Node.Features.Readings;

namespace Entente.Node.Tests.Readings;

public sealed class DraftFieldTests
{
    [Fact]
    public void States_chosen_together_from_a_list_are_kept_as_several()
    {
        var field = DraftFields.Find("result").ShouldNotBeNull();
        var given = new Dictionary<string, string> { ["type"] = "arrests", ["countries"] = "MA,ES" };

        var parts = field.Accept(name => given.GetValueOrDefault(name)).ShouldNotBeNull();

        parts["countries"].ShouldBe("MA ES");
    }
}
