using Entente.Reading.Measuring;

namespace Entente.Reading.Tests;

/// <summary>Texts of our own in the manner of real ones, labelled before the reader saw them: they guard what it reaches
/// as a whole, while <see cref="ArticleTests"/> guard single values.</summary>
public sealed class LabelledTextTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Labelled");

    [Fact]
    public void Reader_keeps_what_it_reaches_on_labelled_texts()
    {
        var score = new ReadingScore();
        foreach (var file in Directory.GetFiles(Folder, "*.txt"))
        {
            var reading = CommuniqueReader.Default.Read(File.ReadAllText(file));
            score.Add(Path.GetFileName(file), File.ReadAllText(Path.ChangeExtension(file, ".json")), reading);
        }

        score.Texts.ShouldBe(30);
        score.Mean().ShouldBeGreaterThan(0.95, string.Join('\n', score.Table()));
        foreach (var language in (string[])["ar", "de", "en", "es", "fi", "fr"])
            score.Mean(language).ShouldBeGreaterThan(0.92, language);
    }
}
