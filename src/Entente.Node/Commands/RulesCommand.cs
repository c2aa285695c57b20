using System.CommandLine;
using Entente.Node.Guard;
using Entente.Node.Guard.Explained;
using Entente.Node.Profiles;
using Entente.Node.Web;

namespace Entente.Node.Commands;

/// <summary>`entente rules --language fr`: the rules and profiles of this program in words, as Markdown.</summary>
internal static class RulesCommand
{
    public static Command Create()
    {
        var language = new Option<string>("--language")
        {
            Description = "fr (default), ar, es, de, fi or en.",
            DefaultValueFactory = _ => "fr",
        };
        language.AcceptOnlyFromAmong([.. LabelBook.Languages]);
        var command = new Command("rules", "Write down the rules and profiles that this program enforces.")
        {
            language,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await Console.Out.WriteAsync(await TextAsync(parsed.GetRequiredValue(language), cancellation));
                return 0;
            }
        );
        return command;
    }

    /// <summary>Without a node: the rules are the program's, not an installation's.</summary>
    internal static Task<string> TextAsync(string language, CancellationToken cancellation)
    {
        var rules = GuardRegistration.Rules().Select(type => (IRule)Activator.CreateInstance(type)!); // None takes anything.
        var document = new RulesDocument(
            new DisclosureGuard(rules),
            new LegalProfiles(),
            new MarkingBook(),
            new LabelBook()
        );
        return document.WriteAsync(language, cancellation);
    }
}
