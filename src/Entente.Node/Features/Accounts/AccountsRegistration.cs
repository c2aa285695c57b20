using Entente.Node.Features.Accounts.Proposals;
using Entente.Node.Features.Approvals;
using Entente.Node.Hosting;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Accounts;

internal static class AccountsRegistration
{
    public static IServiceCollection AddAccounts(this IServiceCollection services, NodeOptions node)
    {
        services.TryAddSingleton<AccountStore>();
        services.TryAddSingleton<ActiveOfficers>();
        services.TryAddSingleton<IUserStore<Account>>(s => s.GetRequiredService<AccountStore>());
        services.TryAddSingleton<UnitBook>();
        services.TryAddSingleton<AccountDesk>();
        services.TryAddSingleton<AccountList>();
        services.TryAddSingleton<AccountOffice>();
        services.TryAddSingleton<AccountProposals>();
        services.TryAddEnumerable([
            ServiceDescriptor.Singleton<IApprovalKind, AccountOpening>(),
            ServiceDescriptor.Singleton<IApprovalKind, AccountChange>(),
            ServiceDescriptor.Singleton<IApprovalKind, AccountReset>(),
        ]);
        services.TryAddSingleton<OwnAccount>();
        services.TryAddSingleton<SessionBook>();
        services.TryAddSingleton<SignInDesk>();
        services.TryAddSingleton<AddressLimit>();
        services.TryAddSingleton<SessionCookie>();
        // Singleton: it holds nothing but its options.
        services.TryAddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        services.TryAddSingleton<ILookupNormalizer, LowerCaseLogin>();
        services.TryAddScoped<SignInFlow>();
        services.AddCookieKeys(node);
        services.TryAddScoped<PasskeyDesk>();
        services.TryAddScoped<CurrentAccount>();
        services.AddIdentityCore<Account>().AddSignInManager();
        services.Configure<IdentityPasskeyOptions>(Passkeys);
        services.AddCookies(node);
        services.AddAuthorization(Policies);
        return services;
    }

    /// <summary>Who is this? May they? Goes before the pages.</summary>
    public static void UseAccounts(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
    }

    public static void MapAccounts(this WebApplication app)
    {
        app.MapPost("/sign-out", SignOutDoor.EndAsync);
        app.MapPasskeys();
    }

    private static void AddCookieKeys(this IServiceCollection services, NodeOptions node)
    {
        services.TryAddSingleton<CookieKeys>();
        services.AddDataProtection().SetApplicationName($"entente.{node.Node}");
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<CookieKeys>((options, keys) => options.XmlRepository = keys);
        // It warns of keys without encryption of its own: ours are sealed whole.
        services.AddLogging(l => l.AddFilter(typeof(XmlKeyManager).FullName, LogLevel.Error));
    }

    private static void AddCookies(this IServiceCollection services, NodeOptions node)
    {
        services
            .AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(
                IdentityConstants.ApplicationScheme,
                options =>
                {
                    Name(options, $"entente.{node.Node}.session");
                    options.EventsType = typeof(SessionCookie);
                    options.ExpireTimeSpan = SessionLimits.Absolute;
                    options.LoginPath = "/sign-in";
                    options.ReturnUrlParameter = "return";
                }
            )
            .AddCookie(
                IdentityConstants.TwoFactorUserIdScheme,
                options =>
                {
                    Name(options, $"entente.{node.Node}.step");
                    options.ExpireTimeSpan = SessionLimits.Step;
                }
            );
    }

    private static void Name(CookieAuthenticationOptions options, string name)
    {
        options.Cookie.Name = name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.SlidingExpiration = false;
    }

    /// <summary>Nothing is open unless it says so; each role is a policy of its name.</summary>
    private static void Policies(AuthorizationOptions options)
    {
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        foreach (var role in Enum.GetNames<Role>())
        {
            options.AddPolicy(role, policy => policy.RequireAuthenticatedUser().RequireRole(role));
        }
    }

    /// <summary>A passkey stands for both factors: it must have verified its holder, and be found without a login.</summary>
    private static void Passkeys(IdentityPasskeyOptions options)
    {
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required";
        options.ValidateOrigin = context => ValueTask.FromResult(IsThisNode(context));
    }

    /// <summary>Browsers give passkeys to https, and to loopback without it: a node tried out on a desk has no certificate.</summary>
    private static bool IsThisNode(PasskeyOriginValidationContext context) =>
        !context.CrossOrigin
        && Uri.TryCreate(context.Origin, UriKind.Absolute, out var origin)
        && (origin.Scheme == Uri.UriSchemeHttps || origin.IsLoopback)
        && string.Equals(origin.Host, context.HttpContext.Request.Host.Host, StringComparison.OrdinalIgnoreCase);
}
