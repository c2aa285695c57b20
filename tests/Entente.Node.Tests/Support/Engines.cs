using Entente.Node.Storage;

namespace Entente.Node.Tests.Support;

/// <summary>`[Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]`: every store test runs on both.</summary>
internal static class Engines
{
    public static TheoryData<string> All => [nameof(Engine.Sqlite), nameof(Engine.Postgres)];
}
