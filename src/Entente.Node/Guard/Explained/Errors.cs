namespace Entente.Node.Guard.Explained;

/// <summary>Why a disclosure could not be tried out; `Code` is also its label's name.</summary>
internal abstract record WhatIfError(string Code);

/// <summary>Nobody has that login, or several have that name.</summary>
internal sealed record PersonNotFound() : WhatIfError("person");

internal sealed record MessageNotFound() : WhatIfError("message");
