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
        foreach (var chapter in await ChaptersAsync(language, cancellation))
        {
            text.Append("## ").AppendLine(chapter.Title).AppendLine();
            if (chapter.Intro.Length > 0)
            {
                text.AppendLine(chapter.Intro).AppendLine();
            }

            foreach (var section in chapter.Sections)
            {
                text.Append("### ").AppendLine(section.Title).AppendLine().AppendLine(section.Text);
            }
        }

        return text.ToString().ReplaceLineEndings("\n").TrimEnd() + "\n";
    }

    public async Task<IReadOnlyList<RulesChapter>> ChaptersAsync(string language, CancellationToken cancellation)
    {
        var rules = new List<RulesSection>();
        foreach (var (rule, example) in RuleExamples.All)
        {
            rules.Add(await RuleAsync(rule, example, language, cancellation));
        }

        return
        [
            new RulesChapter("rules", Say("rules.rules", language), "", rules),
            .. profiles.All.Select(profile => Profile(profile, language)),
            SenderLaw(language),
            Markings(language),
        ];
    }

    private async Task<RulesSection> RuleAsync(
        string rule,
        Disclosure example,
        string language,
        CancellationToken cancellation
    )
    {
        var decision = await guard.DecideAsync(example, cancellation);
        var finding = decision.Held?.Rule == rule ? decision.Held : decision.Findings.First(f => f.Rule == rule);
        var text = new StringBuilder();
        Fact(text, "rules.verdict", Say("rules.verdict." + finding.Verdict, language), language);
        Fact(text, "rules.example", finding.Reason.Say(book, language), language);
        Fact(text, "guard.remedy", finding.Remedy.Say(book, language), language);
        if (finding.WhoCan is { } role)
        {
            Fact(text, "guard.who", Say("guard.who." + role, language), language);
        }

        Fact(text, "guard.source", finding.Source.Say(book, language), language);
        return new RulesSection(RulesSection.OfRule(rule), Say("guard.rule." + rule, language), text.ToString());
    }

    private RulesChapter Profile(LegalProfile profile, string language)
    {
        var id = $"{profile.Id}-{profile.Version}";
        return new RulesChapter(
            id,
            $"{profile.Name(language)} ({Dated(profile.Version, language)})",
            profile.Scope.TryGetValue(language, out var scope) ? scope : profile.Id,
            [
                Table(id, "rules.time-limits", profile.TimeLimits, language),
                Table(id, "rules.urgency", profile.UrgencyGrounds, language),
                Table(id, "rules.contents", profile.RequestContents, language),
                Table(id, "rules.refusals", profile.RefusalGrounds, language),
                Table(id, "rules.handling", profile.Handling, language),
                Table(id, "rules.reliability", profile.Evaluation.Reliability, language),
                Table(id, "rules.accuracy", profile.Evaluation.Accuracy, language),
                Table(id, "rules.categories", profile.SubjectCategories, language),
                Table(id, "rules.retention", profile.Retention, language),
                Table(id, "TLP 2.0", profile.Tlp, language),
                Table(id, "PAP", profile.Pap, language),
            ]
        );
    }

    private RulesChapter SenderLaw(string language)
    {
        var law = SenderLaws.Directive;
        return new RulesChapter(
            law.Id,
            $"{law.Names[language]} ({Dated(law.Version, language)})",
            Say("rules.sender-law", language),
            [
                Table(law.Id, "rules.transfer", law.TransferGrounds, language),
                Table(law.Id, "rules.special", law.SpecialCategories, language),
                Table(law.Id, "rules.special-grounds", law.SpecialGrounds, language),
            ]
        );
    }

    private RulesChapter Markings(string language) =>
        new(
            "markings",
            Say("rules.markings", language),
            Say("rules.markings.intro", language),
            [.. markings.Schemes.Select(scheme => Scheme(scheme, language))]
        );

    private RulesSection Scheme(MarkingScheme scheme, string language)
    {
        var period = scheme.Until is null ? scheme.Version : $"{scheme.Version} – {scheme.Until}";
        var text = new StringBuilder();
        text.AppendLine(scheme.Source).AppendLine();
        Row(text, Say("rules.rank", language), Say("rules.marking", language), Say("rules.flag", language));
        Row(text, "---", "---", "---");
        foreach (var level in scheme.Levels)
        {
            Row(text, $"{level.Rank}", level.Marking, Say("rules.flag." + level.Flag, language));
        }

        return new RulesSection(
            $"{scheme.Id}-{scheme.Version}",
            $"{scheme.Name(language)} ({Dated(period, language)})",
            text.ToString()
        );
    }

    private RulesSection Table(string chapter, string title, IReadOnlyList<Sourced> values, string language)
    {
        var text = new StringBuilder();
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

        var said = book.All.ContainsKey(title) ? Say(title, language) : title;
        return new RulesSection(RulesSection.OfTable(chapter, title), said, text.ToString());
    }

    // Between Arabic words a day would be read from its end: it keeps its own direction.
    private static string Dated(string version, string language) =>
        language == "ar" ? $"\u2066{version}\u2069" : version;

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
