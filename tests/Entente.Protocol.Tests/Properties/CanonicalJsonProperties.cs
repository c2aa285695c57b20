using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Protocol.Tests;

public sealed class CanonicalJsonProperties
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public void Canonical_json_of_canonical_json_is_itself() =>
        Prop.ForAll(
                Generate.Json(4).ToArbitrary(),
                json =>
                {
                    var once = CanonicalJson.Of(json).Required();
                    return CanonicalJson.Of(once).Required().SequenceEqual(once);
                }
            )
            .Check(Generate.Times(500));

    [Fact]
    public void The_order_of_members_does_not_matter() =>
        Prop.ForAll(
                Generate.Object(3).ToArbitrary(),
                members =>
                {
                    var there = JsonSerializer.SerializeToElement(members);
                    var back = JsonSerializer.SerializeToElement(members.Reverse().ToDictionary());
                    return CanonicalJson.Of(there).Required().SequenceEqual(CanonicalJson.Of(back).Required());
                }
            )
            .Check(Generate.Times(500));

    [Fact]
    public void White_space_and_escapes_do_not_matter() =>
        Prop.ForAll(
                Generate.Json(3).ToArbitrary(),
                json =>
                {
                    var indented = JsonSerializer.SerializeToUtf8Bytes(json, Indented);
                    return CanonicalJson.Of(indented).Required().SequenceEqual(CanonicalJson.Of(json).Required());
                }
            )
            .Check(Generate.Times(300));

    [Fact]
    public void A_number_reads_back_as_itself() =>
        Prop.ForAll(
                Generate.Number.ToArbitrary(),
                number =>
                    double.Parse(EcmaScriptNumber.Format(number), CultureInfo.InvariantCulture).Equals(number + 0.0)
            )
            .Check(Generate.Times(2000));

    [Fact]
    public void Canonical_text_says_what_the_text_said() =>
        Prop.ForAll(
                Generate.Text.ToArbitrary(),
                text =>
                {
                    var canonical = CanonicalJson.Of(JsonSerializer.SerializeToElement(text)).Required();
                    return JsonSerializer.Deserialize<string>(Encoding.UTF8.GetString(canonical)) == text;
                }
            )
            .Check(Generate.Times(500));
}
