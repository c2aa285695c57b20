using System.Reflection;
using System.Reflection.Emit;
using Entente.Node.Guard;

namespace Entente.Node.Tests.Guard;

/// <summary>Which types of the node call a method, read from the program itself: no name, no comment and no habit is trusted.</summary>
internal static class Openers
{
    private const BindingFlags All =
        BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    private static readonly Lazy<IReadOnlyList<(Type Caller, string Within, MethodBase Called)>> Calls = new(Read);

    /// <summary>By the name of the type that a reader of the source would look for.</summary>
    public static IReadOnlySet<string> Of(Func<MethodBase, bool> wanted) =>
        Calls.Value.Where(call => wanted(call.Called)).Select(call => Outer(call.Caller).Name).ToHashSet();

    /// <summary>By type and method, as they stand in the source: `StatisticsDoor.FileAsync`.</summary>
    public static IReadOnlySet<string> Methods(Func<MethodBase, bool> wanted) =>
        Calls.Value.Where(call => wanted(call.Called)).Select(call => call.Within).ToHashSet();

    /// <summary>The methods that call it themselves or through others of the program.</summary>
    public static IReadOnlySet<string> Reaching(Func<MethodBase, bool> wanted)
    {
        var callers = Calls.Value.ToLookup(call => Named(call.Called), call => call.Within);
        var reached = new HashSet<string>();
        var waiting = new Queue<string>(Methods(wanted));
        while (waiting.TryDequeue(out var method))
        {
            if (reached.Add(method))
            {
                foreach (var caller in callers[method])
                {
                    waiting.Enqueue(caller);
                }
            }
        }

        return reached;
    }

    private static List<(Type, string, MethodBase)> Read() =>
        [
            .. typeof(UseDoor)
                .Assembly.GetTypes()
                .SelectMany(type =>
                    type.GetMethods(All)
                        .Cast<MethodBase>()
                        .Concat(type.GetConstructors(All))
                        .SelectMany(method => Called(method).Select(called => (type, Named(method), called)))
                ),
        ];

    /// <summary>An operand that is no method's token is passed over: it resolves to none.</summary>
    private static IEnumerable<MethodBase> Called(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var i = 0; i + 4 < code.Length; i++)
        {
            if (code[i] != OpCodes.Call.Value && code[i] != OpCodes.Callvirt.Value)
            {
                continue;
            }

            if (Resolve(method, BitConverter.ToInt32(code, i + 1)) is { } called)
            {
                yield return called;
            }
        }
    }

    private static MethodBase? Resolve(MethodBase within, int token)
    {
        if ((token >>> 24) is not (0x06 or 0x0A or 0x2B))
        {
            return null;
        }

        try
        {
            return within.Module.ResolveMethod(
                token,
                within.DeclaringType?.GetGenericArguments(),
                within.IsGenericMethod ? within.GetGenericArguments() : null
            );
        }
        catch (ArgumentException)
        {
            return null; // No token of this module: the bytes were something else.
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    /// <summary>A method's own name; of what the compiler made of it (`&lt;FileAsync&gt;d__1`) the name that was written.</summary>
    private static string Named(MethodBase method)
    {
        var type = method.DeclaringType;
        if (type is null)
        {
            return method.Name;
        }

        var written = Written(type.Name) ?? Written(method.Name) ?? method.Name;
        return $"{Outer(type).Name}.{written}";
    }

    private static string? Written(string name) =>
        name.StartsWith('<') && name.IndexOf('>', StringComparison.Ordinal) is > 1 and var end ? name[1..end] : null;

    private static Type Outer(Type type) => type.DeclaringType is { } outer ? Outer(outer) : type;
}
