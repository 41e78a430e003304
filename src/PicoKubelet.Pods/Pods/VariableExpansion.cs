using System.Collections;
using System.Text;

namespace PicoKubelet.Pods;

/// <summary>
/// Puts variables in the place of references such as <c>$(NAME)</c>, as Kubernetes does it in a container's <c>command</c>, <c>args</c> and <c>env</c>
/// (its <c>third_party/forked/golang/expansion</c>): <c>$$</c> is a dollar sign, and a reference to what there is not stays as it is.
/// </summary>
internal static class VariableExpansion
{
    /// <summary>Expands a text. Nothing is allocated where there is nothing to expand.</summary>
    /// <param name="text">The text.</param>
    /// <param name="variables">What may be referred to: strings <c>NAME=value</c>, of the same names the last counts.</param>
    /// <param name="most">The most characters that may come of it.</param>
    /// <returns>What came of it, or null where that is too long.</returns>
    public static string Expand(string text, ArrayList variables, int most)
    {
        int dollar = text.IndexOf('$');
        if (dollar < 0)
        {
            return text;
        }

        StringBuilder expanded = new StringBuilder();
        int done = 0;
        while (dollar >= 0 && dollar + 1 < text.Length && expanded.Length <= most)
        {
            char next = text[dollar + 1];
            int end = next == '(' ? text.IndexOf(')', dollar + 2) : -1;
            string value = end < 0 ? null : Find(text.Substring(dollar + 2, end - dollar - 2) + "=", variables);
            int behind = end < 0 ? dollar + 2 : end + 1;

            // Of two dollar signs the first goes; what is no reference, or none to a variable, goes on as it is.
            expanded.Append(text.Substring(done, (value != null || next == '$' ? dollar : behind) - done));
            expanded.Append(value ?? (next == '$' ? "$" : ""));
            done = behind;
            dollar = done < text.Length ? text.IndexOf('$', done) : -1;
        }

        expanded.Append(text.Substring(done));
        return expanded.Length > most ? null : expanded.ToString();
    }

    private static string Find(string nameAndEquals, ArrayList variables)
    {
        for (int i = variables.Count - 1; i >= 0; i--)
        {
            string variable = (string)variables[i];
            if (variable.StartsWith(nameAndEquals))
            {
                return variable.Substring(nameAndEquals.Length);
            }
        }

        return null;
    }
}
