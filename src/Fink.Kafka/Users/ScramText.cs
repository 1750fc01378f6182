namespace Fink.Kafka.Users;

/// <summary>Names and passwords that a cluster would store, but that no client could log in with.</summary>
internal static class ScramText
{
    /// <summary>Why a new user should not be called so, or null: ACLs and other tools would take the name for another.</summary>
    public static string? MisleadingName(string user) =>
        user == "*" ? "in ACLs * is everybody; choose a name"
        : user.StartsWith("User:", StringComparison.OrdinalIgnoreCase) ? $"User: is how ACLs mark a user and no part of the name; write {user[5..]}"
        : user.Any(char.IsControl) ? "the name has control characters; write it with letters, digits, '.', '_' or '-'"
        : null;

    /// <summary>Why it would be of no use, or null.</summary>
    public static string? Mistake(string user, Secret password)
    {
        if (user.Length == 0)
        {
            return "the name is empty";
        }

        // Kafka's SCRAM messages take names of one byte a character only.
        if (user.Any(c => c is '\0' or > '\x7f'))
        {
            return "Kafka's SCRAM takes names in ASCII only";
        }

        // librdkafka takes its settings as C strings, and leaves out the blanks before a value.
        var text = password.Reveal();
        return char.IsWhiteSpace(user[0]) ? "a name must not begin with a blank: librdkafka's clients leave it out"
            : text.Length > 0 && char.IsWhiteSpace(text[0]) ? "a password must not begin with a blank: librdkafka's clients leave it out"
            : text.Contains('\0') ? "a password must not hold a NUL character"
            : text.Contains('\uFFFD') ? "the password is not UTF-8 text"
            : null;
    }
}
