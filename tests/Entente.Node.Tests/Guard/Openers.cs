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

    private static readonly Lazy<IReadOnlyList<(Type Caller, MethodBase Called)>> Calls = new(Read);

    /// <summary>By the name of the type that a reader of the source would look for.</summary>
    public static IReadOnlySet<string> Of(Func<MethodBase, bool> wanted) =>
        Calls.Value.Where(call => wanted(call.Called)).Select(call => Outer(call.Caller).Name).ToHashSet();

    private static List<(Type, MethodBase)> Read() =>
        [
            .. typeof(UseDoor)
                .Assembly.GetTypes()
                .SelectMany(type =>
                    type.GetMethods(All)
                        .Cast<MethodBase>()
                        .Concat(type.GetConstructors(All))
                        .SelectMany(Called)
                        .Select(called => (type, called))
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

    private static Type Outer(Type type) => type.DeclaringType is { } outer ? Outer(outer) : type;
}
