namespace Entente.Node.Storage;

/// <summary>One numbered step of the schema, embedded in the program.</summary>
internal sealed record Migration(long Number, string Name, string Resource)
{
    public string Sql()
    {
        using var stream = typeof(Migration).Assembly.GetManifestResourceStream(Resource)!; // Resource came from the assembly's own list.
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
