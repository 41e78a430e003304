using PicoKubelet.Inputs;
using PicoKubelet.Wiring;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>Writes what is wired to the board, and what was found there. Of what is not in use nothing is told.</summary>
internal static class InputMetrics
{
    private const int IsOn = 0;
    private const int Edges = 1;
    private const int Errors = 2;

    // Values and duties are told in millionths and thousandths.
    private const int ValueDecimals = 6;
    private const int DutyDecimals = 3;

    /// <summary>Writes all of it.</summary>
    /// <param name="metrics">Where to.</param>
    /// <param name="inputs">What is in use.</param>
    public static void Write(MetricsWriter metrics, BoardInputs inputs)
    {
        int index = 0;
        if (inputs.Next(WiredKind.Input, ref index) != null)
        {
            metrics.Begin("picokubelet_input", MetricsWriter.Gauge, "Whether the input is on: high, or low where it is inverted.");
            WriteInputs(metrics, inputs, IsOn);
            metrics.Begin("picokubelet_input_edges_total", MetricsWriter.Counter, "Times that the input went on or off.");
            WriteInputs(metrics, inputs, Edges);
            metrics.Begin("picokubelet_input_errors_total", MetricsWriter.Counter, "Times that the input could not be read.");
            WriteInputs(metrics, inputs, Errors);
        }

        WriteSensors(metrics, inputs);
        index = 0;
        if (inputs.Next(WiredKind.Pwm, ref index) != null)
        {
            metrics.Begin("picokubelet_pwm_duty_ratio", MetricsWriter.Gauge, "How much of the time the output of pulses is high.");
            WriteDuties(metrics, inputs);
        }
    }

    private static void WriteInputs(MetricsWriter metrics, BoardInputs inputs, int what)
    {
        int index = 0;
        DigitalInput input;
        while ((input = (DigitalInput)inputs.Next(WiredKind.Input, ref index)) != null)
        {
            int value = what == Edges ? input.Edges : what == Errors ? input.Errors : input.IsOn ? 1 : 0;
            metrics.Sample("name", input.Spec.Name, "pin", input.Pin, value);
        }
    }

    private static void WriteSensors(MetricsWriter metrics, BoardInputs inputs)
    {
        int index = 0;
        bool hasAny = false;
        Sensor sensor;
        while ((sensor = inputs.NextSensor(ref index)) != null)
        {
            hasAny = true;
            if (sensor.HasValue && IsFirstOfUnit(inputs, sensor))
            {
                metrics.Begin("picokubelet_sensor_" + sensor.Quantity.Unit, MetricsWriter.Gauge, "What sensors measured last, in the unit of the name.");
                WriteValues(metrics, inputs, sensor.Quantity.Unit);
            }
        }

        if (!hasAny)
        {
            return;
        }

        metrics.Begin("picokubelet_sensor_errors_total", MetricsWriter.Counter, "Times that the sensor could not be read.");
        index = 0;
        while ((sensor = inputs.NextSensor(ref index)) != null)
        {
            metrics.Sample("name", sensor.Spec.Name, "source", sensor.Quantity.Source, sensor.Errors);
        }
    }

    // A metric is told once, with all that have its unit.
    private static bool IsFirstOfUnit(BoardInputs inputs, Sensor of)
    {
        int index = 0;
        Sensor sensor;
        while ((sensor = inputs.NextSensor(ref index)) != null && sensor != of)
        {
            if (sensor.HasValue && sensor.Quantity.Unit == of.Quantity.Unit)
            {
                return false;
            }
        }

        return true;
    }

    private static void WriteValues(MetricsWriter metrics, BoardInputs inputs, string unit)
    {
        int index = 0;
        Sensor sensor;
        while ((sensor = inputs.NextSensor(ref index)) != null)
        {
            if (sensor.HasValue && sensor.Quantity.Unit == unit)
            {
                metrics.SampleDecimal("name", sensor.Spec.Name, "source", sensor.Quantity.Source, sensor.Value, ValueDecimals);
            }
        }
    }

    private static void WriteDuties(MetricsWriter metrics, BoardInputs inputs)
    {
        int index = 0;
        PwmOutput pwm;
        while ((pwm = (PwmOutput)inputs.Next(WiredKind.Pwm, ref index)) != null)
        {
            metrics.SampleDecimal("name", pwm.Spec.Name, "pin", pwm.Pulses.Pin.ToString(), pwm.Pulses.Duty, DutyDecimals);
        }
    }
}
