using Entente.Reading.Knowledge;

namespace Entente.Reading.Tests;

/// <summary>The data files say what they mean: known codes, six languages, nothing twice.</summary>
public sealed class KnowledgeTests
{
    private static readonly Dictionary<string, string[]> Codes = new(StringComparer.Ordinal)
    {
        ["domains"] =
        [
            "terrorism",
            "foreign-fighters",
            "extremism",
            "organised-crime",
            "drug-trafficking",
            "migrant-smuggling",
            "human-trafficking",
            "irregular-migration",
            "legal-migration",
            "vulnerable-persons",
            "border-security",
            "cybercrime",
            "money-laundering",
            "arms-trafficking",
            "document-fraud",
            "civil-protection",
            "defence",
            "intelligence",
            "major-events",
            "public-order",
            "police-training",
            "regional-stability",
            "drug-precursors",
            "road-safety",
            "prisons",
        ],
        ["commitments"] =
        [
            "information-exchange",
            "expertise-exchange",
            "operational-coordination",
            "joint-operations",
            "capacity-building",
            "training",
            "technical-support",
            "triangular-cooperation",
            "liaison-officers",
            "joint-committee",
            "joint-patrols",
            "follow-up-meeting",
            "new-instrument",
            "returns-readmission",
            "equipment",
            "raise-cooperation",
        ],
        ["instruments"] =
        [
            "declaration-of-intent",
            "roadmap",
            "agreement",
            "memorandum",
            "joint-communique",
            "protocol",
            "action-plan",
            "convention",
        ],
        ["posts"] =
        [
            "interior-minister",
            "defence-minister",
            "foreign-minister",
            "justice-minister",
            "other-minister",
            "deputy-minister",
            "service-head",
            "head-of-state",
            "head-of-government",
            "ambassador",
            "other-official",
            "eu-official",
        ],
    };

    public static TheoryData<string> Languages() => [.. Vocabulary.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Vocabulary_of_each_language_covers_every_code(string language)
    {
        var entries = Vocabulary.Of(language).Entries;

        foreach (var (category, codes) in Codes)
            entries
                .Where(entry => entry.Category == category)
                .Select(entry => entry.Code)
                .Distinct()
                .Order(StringComparer.Ordinal)
                .ShouldBe(codes.Order(StringComparer.Ordinal), category);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Words_of_one_code_stand_once(string language)
    {
        var twice = Vocabulary
            .Of(language)
            .Entries.GroupBy(entry => entry.Name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key);

        twice.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Domain_words_mean_one_domain(string language)
    {
        var ambiguous = Vocabulary
            .Of(language)
            .Entries.Where(entry => entry.Category == "domains")
            .GroupBy(entry => entry.Words, StringComparer.Ordinal)
            .Where(group => group.Select(entry => entry.Code).Distinct().Count() > 1)
            .Select(group => group.Key);

        ambiguous.ShouldBeEmpty();
    }

    [Fact]
    public void Each_language_has_the_same_files()
    {
        var expected = KnowledgeFile.Names("fr").Where(IsShared).Select(name => name[3..]);

        foreach (var language in Vocabulary.Languages)
            KnowledgeFile.Names(language).Where(IsShared).Select(name => name[3..]).ShouldBe(expected, language);
    }

    [Fact]
    public void Countries_have_the_same_codes_in_each_language()
    {
        var expected = CountryCodes("fr");

        foreach (var language in Vocabulary.Languages)
            CountryCodes(language).ShouldBe(expected, language);
    }

    [Theory]
    [InlineData("~2 police")]
    [InlineData("police ~2")]
    [InlineData("(la) police")]
    [InlineData("police ~99 nationale")]
    [InlineData("l'intérieur")]
    public void Pattern_that_cannot_be_matched_is_refused(string words)
    {
        Should.Throw<FormatException>(() => PatternSyntax.Parse("domains", "terrorism", words));
    }

    private static bool IsShared(string name) => name.EndsWith(".txt", StringComparison.Ordinal);

    private static List<string> CountryCodes(string language) =>
        [.. KnowledgeFile.Lines($"{language}/countries.txt").Select(line => line[..2]).Order(StringComparer.Ordinal)];
}
