// Keeps a room warm: a TMP36 at channel 0 of the converter, a relay for the heater at pin 15.
#include <stdbool.h>
#include <pico.h>
#include <pico_env.h>

#define SENSOR 0
#define HEATER 15
#define PERIOD_MS 1000

// A TMP36 gives 500 mV at 0 °C and 10 mV more a degree, and works from -40 to 125 °C; the scale is 3.3 V. All in thousandths of a degree.
#define FULL_SCALE 65535
#define SPAN 330000
#define OFFSET (-50000)
#define COLDEST (-40000)
#define HOTTEST 125000

static bool is_well;

// What the pod's readiness probe asks: 0 is well.
__attribute__((export_name("ready"))) int ready(void)
{
    return is_well ? 0 : 1;
}

// Reads "20.5" as 20500; what is no number is the other value.
static int32_t thousandths(const char *text, int32_t otherwise)
{
    int32_t value = 0;
    int32_t unit = 1000;
    bool has_point = false;
    if (text == NULL || *text == 0)
    {
        return otherwise;
    }

    for (; *text != 0; text++)
    {
        if (*text == '.' && !has_point)
        {
            has_point = true;
        }
        else if (*text < '0' || *text > '9' || value > 1000000)
        {
            return otherwise;
        }
        else if (!has_point)
        {
            value = value * 10 + (*text - '0') * 1000;
        }
        else
        {
            unit /= 10;
            value += (*text - '0') * unit;
        }
    }

    return value;
}

// What the board's ConfigMap says (program.target), or else the pod.
static int32_t target(void)
{
    char text[16];
    int32_t bytes = pico_config_get(PICO_TEXT("target"), text, sizeof(text) - 1);
    text[bytes > 0 && bytes < (int32_t)sizeof(text) ? bytes : 0] = 0;
    return thousandths(text, thousandths(pico_env("TARGET"), 20000));
}

int main(void)
{
    const int32_t hysteresis = thousandths(pico_env("HYSTERESIS"), 500);
    bool is_heating = false;
    bool is_told = false;
    while (!pico_stop_requested())
    {
        int32_t number = pico_analog_read(SENSOR);
        int32_t celsius = (int32_t)((int64_t)number * SPAN / FULL_SCALE) + OFFSET;
        is_well = number >= 0 && celsius >= COLDEST && celsius <= HOTTEST;
        if (is_well)
        {
            int32_t wanted = target();
            bool heats = celsius < wanted + (is_heating ? hysteresis : -hysteresis);
            if (heats != is_heating)
            {
                is_heating = heats;
                pico_log(heats ? "heater on" : "heater off", heats ? 9 : 10);
            }

            pico_gauge_set(PICO_TEXT("room_celsius"), celsius);
            pico_gauge_set(PICO_TEXT("target_celsius"), wanted);
            is_told = false;
        }
        else
        {
            // Cold rather than on fire.
            is_heating = false;
            if (!is_told)
            {
                is_told = true;
                pico_log(PICO_TEXT("no sensor at channel 0: heater off"));
                pico_event(PICO_TEXT("SensorFailed"), PICO_TEXT("no sensor at channel 0: heater off"));
            }
        }

        if (number == -PICO_EPERM || pico_pin_write(HEATER, is_heating) != 0)
        {
            pico_log(PICO_TEXT("channel 0 or pin 15 is not this pod's"));
            return 1;
        }

        pico_gauge_set(PICO_TEXT("heater_on"), is_heating ? 1000 : 0);
        pico_sleep_ms(PERIOD_MS);
    }

    pico_pin_write(HEATER, false);
    return 0;
}
