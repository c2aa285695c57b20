using Entente.Node.Features.Accounts;

namespace Entente.Node.Tests.Accounts;

public sealed class ReturnUrlTests
{
    [Theory]
    [InlineData("/record?country=ES", "/record?country=ES")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("/", "/")]
    [InlineData("https://ailleurs.example/", "/")]
    [InlineData("//ailleurs.example/", "/")]
    [InlineData("/\\ailleurs.example/", "/")]
    [InlineData("/a\\b", "/")]
    [InlineData("/a\r\nSet-Cookie: x", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/sign-out", "/")]
    public void Only_a_page_of_this_node_is_gone_back_to(string? wanted, string expected) =>
        ReturnUrl.Safe(wanted).ShouldBe(expected);
}
