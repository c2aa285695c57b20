namespace Entente.Protocol.Tests;

public sealed class NameTests
{
    [Theory]
    [InlineData("ma.interieur", "ma")]
    [InlineData("de.bmi", "de")]
    [InlineData("fi.sm-2", "fi")]
    public void A_node_id_has_a_country_and_a_slug(string text, string country)
    {
        var node = NodeId.Parse(text);

        node.ToString().ShouldBe(text);
        node.Country.ShouldBe(country);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ma")]
    [InlineData("ma.")]
    [InlineData("MA.interieur")]
    [InlineData("ma.Interieur")]
    [InlineData("mar.interieur")]
    [InlineData("m1.interieur")]
    [InlineData("ma-interieur")]
    [InlineData("ma.-interieur")]
    [InlineData("ma.interieur-")]
    [InlineData("ma.inté")]
    [InlineData("ma.a.b")]
    [InlineData("ma.a\n")]
    [InlineData("ma.0123456789012345678901234567890123456789012345678901234567890123")]
    public void What_is_no_node_id_is_not_read_as_one(string? text) => NodeId.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void An_address_has_a_unit_and_a_node()
    {
        var address = Address.Parse("liaison@es.interior");

        (address.Unit, address.Node).ShouldBe(("liaison", Sample.Madrid));
        address.ToString().ShouldBe("liaison@es.interior");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@es.interior")]
    [InlineData("liaison")]
    [InlineData("liaison@")]
    [InlineData("liaison@es")]
    [InlineData("li@ison@es.interior")]
    [InlineData("Liaison@es.interior")]
    public void What_is_no_address_is_not_read_as_one(string? text) => Address.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("2026-11-22T02:33:37.123Z", true)]
    [InlineData("2026-11-22T02:33:37Z", false)]
    [InlineData("2026-11-22T02:33:37.123+00:00", false)]
    [InlineData("2026-11-22 02:33:37.123Z", false)]
    [InlineData("2026-13-22T02:33:37.123Z", false)]
    [InlineData("2026-11-22T02:33:37.1234567Z", false)]
    public void Only_one_form_of_time_is_read(string text, bool isTime) =>
        WireTime.TryParse(text, out _).ShouldBe(isTime);

    [Fact]
    public void A_hash_has_one_text()
    {
        var hash = Hash.OfText("x");

        Hash.Parse(hash.ToString()).ShouldBe(hash);
        Hash.TryParse(hash + "=", out _).ShouldBeFalse();
        Hash.TryParse(hash.ToString()[..42], out _).ShouldBeFalse();
        Hash.TryParse(new string('_', 43), out _).ShouldBeFalse();
    }
}
