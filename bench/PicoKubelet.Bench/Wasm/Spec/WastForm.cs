namespace PicoKubelet.Bench.Wasm.Spec;

/// <summary>One form at the top level of a script of the specification's tests: a module, an action or an assertion.</summary>
/// <param name="Line">The line of the script that it begins at, from 1.</param>
/// <param name="Text">The form, parentheses included.</param>
internal sealed record WastForm(int Line, string Text)
{
    /// <summary>Gets the last line that belongs to it.</summary>
    public int LastLine => Line + Text.Count(unit => unit == '\n');

    /// <summary>Gets a value indicating whether it makes an instance that later forms call.</summary>
    public bool IsModule => Text.StartsWith("(module", StringComparison.Ordinal);

    /// <summary>Takes a script apart.</summary>
    public static List<WastForm> Split(string script)
    {
        List<WastForm> forms = [];
        int depth = 0;
        int line = 1;
        int start = 0;
        int startLine = 1;
        for (int i = 0; i < script.Length; i++)
        {
            int end = EndOfToken(script, i);
            switch (script[i])
            {
                case '(' when end == i + 1:
                    if (depth++ == 0)
                    {
                        start = i;
                        startLine = line;
                    }

                    break;
                case ')' when --depth == 0:
                    forms.Add(new WastForm(startLine, script[start..(i + 1)]));
                    break;
            }

            line += script.AsSpan(i, end - i).Count('\n');
            i = end - 1;
        }

        return forms;
    }

    /// <summary>Finds where a string, a comment or a single character that begins at an index ends.</summary>
    private static int EndOfToken(string script, int index)
    {
        if (script[index] == '"')
        {
            int i = index + 1;
            while (i < script.Length && script[i] != '"')
            {
                i += script[i] == '\\' ? 2 : 1;
            }

            return Math.Min(i + 1, script.Length);
        }

        if (string.CompareOrdinal(script, index, ";;", 0, 2) == 0)
        {
            int newline = script.IndexOf('\n', index);
            return newline < 0 ? script.Length : newline;
        }

        return string.CompareOrdinal(script, index, "(;", 0, 2) == 0 ? EndOfBlockComment(script, index) : index + 1;
    }

    private static int EndOfBlockComment(string script, int index)
    {
        int depth = 0;
        for (int i = index; i < script.Length - 1; i++)
        {
            if (script[i] == '(' && script[i + 1] == ';')
            {
                depth++;
                i++;
            }
            else if (script[i] == ';' && script[i + 1] == ')')
            {
                i++;
                if (--depth == 0)
                {
                    return i + 1;
                }
            }
        }

        return script.Length;
    }
}
