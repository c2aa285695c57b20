using System.Text;
using Entente.Node.Profiles;
using Entente.Node.Web;

namespace Entente.Node.Guard.Explained;

/// <summary>
/// What the guard enforces, for its users, written from the rules and the data files themselves. Markdown; the same text is
/// a page of the node and a file of the documentation.
/// </summary>
internal sealed class RulesDocument(DisclosureGuard guard, LegalProfiles profiles, MarkingBook markings, LabelBook book)
{
    public async Task<string> WriteAsync(string language, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        text.Append("# ").AppendLine(Say("rules.title", language)).AppendLine();
        text.AppendLine(Say("rules.intro", language)).AppendLine();
        text.Append("## ").AppendLine(Say("rules.rules", language)).AppendLine();
        foreach (var (rule, example) in RuleExamples.All)
        {
            await RuleAsync(text, rule, example, language, cancellation);
        }

        foreach (var profile in profiles.All)
        {
            Profile(text, profile, language);
        }

        SenderLaw(text, language);
        Markings(text, language);
        return text.ToString().ReplaceLineEndings("\n").TrimEnd() + "\n";
    }

    private async Task RuleAsync(
        StringBuilder text,
        string rule,
        Disclosure example,
        string language,
        CancellationToken cancellation
    )
    {
        var decision = await guard.DecideAsync(example, cancellation);
        var finding = decision.Held?.Rule == rule ? decision.Held : decision.Findings.First(f => f.Rule == rule);
        text.Append("### ").AppendLine(Say("guard.rule." + rule, language)).AppendLine();
        Fact(text, "rules.verdict", Say("rules.verdict." + finding.Verdict, language), language);
        Fact(text, "rules.example", finding.Reason.Say(book, language), language);
        Fact(text, "guard.remedy", finding.Remedy.Say(book, language), language);
        if (finding.WhoCan is { } role)
        {
            Fact(text, "guard.who", Say("guard.who." + role, language), language);
        }

        Fact(text, "guard.source", finding.Source.Say(book, language), language);
        text.AppendLine();
    }

    private void Profile(StringBuilder text, LegalProfile profile, string language)
    {
        text.Append("## ")
            .Append(profile.Name(language))
            .Append(" (")
            .Append(profile.Version)
            .AppendLine(")")
            .AppendLine();
        text.AppendLine(profile.Scope.TryGetValue(language, out var scope) ? scope : profile.Id).AppendLine();
        Table(text, "rules.time-limits", profile.TimeLimits, language);
        Table(text, "rules.urgency", profile.UrgencyGrounds, language);
        Table(text, "rules.contents", profile.RequestContents, language);
        Table(text, "rules.refusals", profile.RefusalGrounds, language);
        Table(text, "rules.handling", profile.Handling, language);
        Table(text, "rules.reliability", profile.Evaluation.Reliability, language);
        Table(text, "rules.accuracy", profile.Evaluation.Accuracy, language);
        Table(text, "rules.categories", profile.SubjectCategories, language);
        Table(text, "rules.retention", profile.Retention, language);
        Table(text, "TLP 2.0", profile.Tlp, language);
        Table(text, "PAP", profile.Pap, language);
    }

    private void SenderLaw(StringBuilder text, string language)
    {
        var law = SenderLaws.Directive;
        text.Append("## ").Append(law.Names[language]).Append(" (").Append(law.Version).AppendLine(")").AppendLine();
        text.AppendLine(Say("rules.sender-law", language)).AppendLine();
        Table(text, "rules.transfer", law.TransferGrounds, language);
        Table(text, "rules.special", law.SpecialCategories, language);
        Table(text, "rules.special-grounds", law.SpecialGrounds, language);
    }

    private void Markings(StringBuilder text, string language)
    {
        text.Append("## ").AppendLine(Say("rules.markings", language)).AppendLine();
        text.AppendLine(Say("rules.markings.intro", language)).AppendLine();
        foreach (var scheme in markings.Schemes)
        {
            var period = scheme.Until is null ? scheme.Version : $"{scheme.Version} – {scheme.Until}";
            text.Append("### ").Append(scheme.Name(language)).Append(" (").Append(period).AppendLine(")");
            text.AppendLine().AppendLine(scheme.Source).AppendLine();
            Row(text, Say("rules.rank", language), Say("rules.marking", language), Say("rules.flag", language));
            Row(text, "---", "---", "---");
            foreach (var level in scheme.Levels)
            {
                Row(text, $"{level.Rank}", level.Marking, Say("rules.flag." + level.Flag, language));
            }

            text.AppendLine();
        }
    }

    private void Table(StringBuilder text, string title, IReadOnlyList<Sourced> values, string language)
    {
        text.Append("### ").AppendLine(book.All.ContainsKey(title) ? Say(title, language) : title).AppendLine();
        Row(
            text,
            Say("rules.code", language),
            Say("rules.meaning", language),
            Say("guard.source", language),
            Say("rules.flag", language)
        );
        Row(text, "---", "---", "---", "---");
        foreach (var value in values)
        {
            var meaning = value is TimeLimit limit
                ? $"{value.Text(language)}: {Length(limit, language)}"
                : value.Text(language);
            var source = value.Source == Phrase.ByAgreement ? Say("guard.source.agreement", language) : value.Source;
            Row(text, $"`{value.Code}`", meaning, source, Say("rules.flag." + value.Flag, language));
        }

        text.AppendLine();
    }

    private string Length(TimeLimit limit, string language) =>
        limit.Hours is { } hours
            ? string.Format(Culture, Say("rules.hours", language), hours)
            : string.Format(Culture, Say("rules.days", language), limit.Days);

    private static readonly System.Globalization.CultureInfo Culture = System
        .Globalization
        .CultureInfo
        .InvariantCulture;

    private void Fact(StringBuilder text, string label, string value, string language) =>
        text.Append("- **").Append(Say(label, language)).Append("** – ").AppendLine(value);

    private static void Row(StringBuilder text, params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
        {
            text.Append("| ").Append(cell.Replace("|", "\\|", StringComparison.Ordinal)).Append(' ');
        }

        text.AppendLine("|");
    }

    private string Say(string key, string language) => book.Text(key, language);
}
