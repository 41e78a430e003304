namespace PicoKubelet.Pods;

/// <summary>Kubernetes' quantities: 64Ki, 100m, 1.</summary>
internal static class Quantity
{
    private const long Most = 1L << 40;

    /// <summary>Reads a quantity in thousandths: 100m is 100, 2 is 2000.</summary>
    /// <param name="text">The quantity.</param>
    /// <param name="thousandths">It in thousandths, rounded up as Kubernetes does; at most some 10^15.</param>
    /// <returns>Whether it is one, not negative.</returns>
    public static bool TryParse(string text, out long thousandths)
    {
        thousandths = 0;
        long value = 0;
        long fraction = 1;
        bool hasDigits = false;
        bool hasPoint = false;
        int i = 0;
        for (; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '.' && !hasPoint)
            {
                hasPoint = true;
                continue;
            }

            if (c < '0' || c > '9')
            {
                break;
            }

            hasDigits = true;
            if (value > Most || fraction >= 1000000)
            {
                // Far beyond any board, or finer than anything that counts.
                continue;
            }

            value = (value * 10) + (c - '0');
            fraction = hasPoint ? fraction * 10 : fraction;
        }

        long unit = Unit(text.Substring(i));
        if (!hasDigits || unit == 0)
        {
            return false;
        }

        thousandths = unit > Most * 1000 / (value + 1) ? Most * 1000 : ((value * unit) + fraction - 1) / fraction;
        return true;
    }

    /// <summary>Reads a quantity of bytes or pieces.</summary>
    /// <param name="text">The quantity.</param>
    /// <param name="value">It in whole ones, rounded up.</param>
    /// <returns>Whether it is one, not negative.</returns>
    public static bool TryParseWhole(string text, out long value)
    {
        bool isQuantity = TryParse(text, out long thousandths);
        value = (thousandths + 999) / 1000;
        return isQuantity;
    }

    // In thousandths; 0 for what is no unit.
    private static long Unit(string suffix)
    {
        return suffix switch
        {
            "" => 1000,
            "m" => 1,
            "k" or "e3" => 1000L * 1000,
            "M" or "e6" => 1000L * 1000 * 1000,
            "G" or "e9" => 1000L * 1000 * 1000 * 1000,
            "Ki" => 1000L << 10,
            "Mi" => 1000L << 20,
            "Gi" => 1000L << 30,
            _ => 0,
        };
    }
}
