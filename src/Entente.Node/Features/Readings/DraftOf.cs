using System.Globalization;
using Entente.Reading;

namespace Entente.Node.Features.Readings;

/// <summary>Turns what the reader found into a draft that an officer can work on.</summary>
internal static class DraftOf
{
    public static Draft Reading(Entente.Reading.Reading reading)
    {
        var values = new Values();
        var met = reading.Encounter;
        values.Add("kind", met.Kind);
        values.AddDay("date", met.Date);
        values.Add("place", met.Place);
        values.AddAll("format", met.Formats);
        values.AddAll("partner", reading.Partners);
        values.AddPeople(reading.Participants);
        values.AddAll("body", reading.Bodies);
        values.AddAll("domain", reading.Domains);
        values.AddAll("commitment", reading.Commitments);
        values.AddInstruments(reading.Instruments);
        values.AddResults(reading.Results);
        values.AddAll("mentioned", reading.Mentioned);
        values.AddDay("published", reading.Published);
        return new Draft
        {
            Language = reading.Language,
            Values = values.All,
            SetAside = [.. reading.SetAside.Select(s => new SetAsideSpan(s.Span.Start, s.Span.Length, s.Reason))],
        };
    }

    private sealed class Values
    {
        private readonly List<DraftValue> _all = [];

        public IReadOnlyList<DraftValue> All => _all;

        public void AddAll(string field, IReadOnlyList<Found<string>> found)
        {
            foreach (var one in found)
            {
                Add(field, one);
            }
        }

        public void Add(string field, Found<string>? found)
        {
            if (found is not null)
            {
                Put(field, [("value", found.Value)], found.Confidence, found.Spans, found.Entry);
            }
        }

        public void AddDay(string field, Found<DateOnly>? found)
        {
            if (found is not null)
            {
                var day = found.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                Put(field, [("value", day)], found.Confidence, found.Spans, found.Entry);
            }
        }

        public void AddPeople(IReadOnlyList<Participant> people)
        {
            foreach (var p in people)
            {
                Put(
                    "participant",
                    [("name", p.Name), ("native", p.Native), ("role", p.Role), ("side", p.Side), ("title", p.Title)],
                    p.Confidence,
                    p.Spans,
                    p.Entry
                );
            }
        }

        public void AddInstruments(IReadOnlyList<Instrument> instruments)
        {
            foreach (var i in instruments)
            {
                Put(
                    "instrument",
                    [("type", i.Type), ("status", i.Status), ("date", i.Date), ("words", i.Words)],
                    i.Confidence,
                    i.Spans,
                    i.Entry
                );
            }
        }

        public void AddResults(IReadOnlyList<Result> results)
        {
            foreach (var r in results)
            {
                var count = r.Count?.ToString(CultureInfo.InvariantCulture);
                Put(
                    "result",
                    [("type", r.Type), ("count", count), ("countries", string.Join(' ', r.Countries))],
                    r.Confidence,
                    r.Spans,
                    r.Entry
                );
            }
        }

        private void Put(
            string field,
            (string Name, string? Text)[] parts,
            double confidence,
            IReadOnlyList<Span> spans,
            string entry
        ) =>
            _all.Add(
                new DraftValue
                {
                    Id = $"v{_all.Count + 1}",
                    Field = field,
                    Parts = parts.Where(p => !string.IsNullOrEmpty(p.Text)).ToDictionary(p => p.Name, p => p.Text!), // Empty ones are gone.
                    Confidence = confidence,
                    Spans = [.. spans.Select(s => new DraftSpan(s.Start, s.Length))],
                    Entry = entry,
                }
            );
    }
}
