namespace Entente.Node.Tests.Readings;

/// <summary>Texts the tests hand in: the project's samples, and one that is no communiqué.</summary>
internal static class Texts
{
    /// <summary>Ministers of Morocco and Finland, Rabat, 23 April 2018.</summary>
    public static string Finland => Sample("03-rabat-finlande-2018.txt");

    /// <summary>Two companies and hydrogen: no state meets another.</summary>
    public static string Hydrogen => Read(Path.Combine("Readings", "Texts", "hydrogen.txt"));

    public static string Sample(string name) => Read(Path.Combine("samples", name));

    private static string Read(string path) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, path));
}
