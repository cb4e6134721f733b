/// The JSON Schema of playbook files.
public enum PlaybookSchema {
    /// Draft 2020-12, for completion and checks in editors. Expressions are texts to it: 'playbook check' reads them.
    public static let text = #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "Playbook of trading-playbook",
          "type": "object",
          "required": ["playbook", "summary"],
          "oneOf": [{"required": ["setup"]}, {"required": ["setups"]}],
          "additionalProperties": false,
          "properties": {
            "playbook": {"type": "string", "pattern": "^[a-z][a-z0-9-]{0,39}$", "description": "The strategy's name in the journal."},
            "summary": {"type": "string", "description": "One line."},
            "market": {"enum": ["XNYS", "24x7"], "description": "Symbols of another market are refused; any where it is left out."},
            "timeframe": {"$ref": "#/$defs/timeframe", "default": "2Min", "description": "Length of the bars that it decides on."},
            "parameters": {
              "type": "object", "propertyNames": {"$ref": "#/$defs/name"},
              "additionalProperties": {"anyOf": [{"$ref": "#/$defs/scalar"}, {"$ref": "#/$defs/parameter"}]},
              "description": "What a run may change."
            },
            "values": {
              "type": "object", "propertyNames": {"$ref": "#/$defs/name"},
              "additionalProperties": {"$ref": "#/$defs/expression"},
              "description": "Expressions with a name, in order; a later one may use earlier ones. Rows show them."
            },
            "filters": {
              "type": "object", "propertyNames": {"$ref": "#/$defs/name"},
              "additionalProperties": {"$ref": "#/$defs/expression"},
              "description": "Conditions looked at when the session opens; the first that is not true ends it."
            },
            "setup": {"$ref": "#/$defs/setup"},
            "setups": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/setup"}},
            "exit": {"$ref": "#/$defs/expression", "default": "session.end - 5m", "description": "When a position is closed."},
            "size": {
              "type": "object", "additionalProperties": false,
              "properties": {
                "shares": {"$ref": "#/$defs/expression"},
                "notional": {"$ref": "#/$defs/expression", "description": "USD of the position."},
                "risk": {"$ref": "#/$defs/expression", "description": "USD between entry and stop, or percent of capital."},
                "capital": {"$ref": "#/$defs/expression", "description": "USD that a risk in percent is of."},
                "at-most": {"$ref": "#/$defs/expression", "description": "USD of the position at most."},
                "step": {"$ref": "#/$defs/expression", "description": "The smallest quantity."}
              }
            },
            "limits": {
              "type": "object", "additionalProperties": false,
              "properties": {
                "trades": {"$ref": "#/$defs/expression", "default": 1, "description": "Trades a session."},
                "losses": {"$ref": "#/$defs/expression", "description": "Losing trades after which the session is over."},
                "loss": {"$ref": "#/$defs/expression", "description": "USD lost after which the session is over."},
                "pause": {"$ref": "#/$defs/expression", "description": "Bars after a trade at which no step is tested."}
              }
            },
            "resolve": {"$ref": "#/$defs/timeframe", "description": "Finer bars that decide what a bar leaves open."},
            "journal": {
              "type": "object", "additionalProperties": false,
              "properties": {
                "trend_valid": {"type": "string", "description": "A filter."},
                "sma200_daily_at_open": {"type": "string", "description": "A value."},
                "first_close_below_time": {"type": "string", "description": "A step."},
                "reversal_candle_time": {"type": "string", "description": "A step."},
                "reversal_strength_ok": {"type": "string", "description": "A step's quality, STEP.quality, or a filter."},
                "confirmation_candle_time": {"type": "string", "description": "A step."},
                "ema20_at_entry": {"type": "string", "description": "A value."},
                "atr_14_2m_at_entry": {"type": "string", "description": "A value."}
              }
            }
          },
          "$defs": {
            "name": {"pattern": "^[A-Za-z][A-Za-z0-9_-]*$"},
            "scalar": {"type": ["string", "number", "boolean"]},
            "expression": {"type": ["string", "number", "boolean"]},
            "timeframe": {"type": "string", "pattern": "^([1-9]|[1-5][0-9]|60)Min$"},
            "parameter": {
              "type": "object", "required": ["default"], "additionalProperties": false,
              "properties": {
                "default": {"$ref": "#/$defs/scalar"},
                "range": {"type": "array", "minItems": 2, "maxItems": 2, "items": {"$ref": "#/$defs/scalar"}},
                "unit": {"type": "string"},
                "help": {"type": "string"},
                "choices": {"type": "array", "minItems": 1, "items": {"type": "string"}}
              }
            },
            "step": {
              "type": "object", "additionalProperties": false,
              "properties": {
                "when": {"$ref": "#/$defs/expression"},
                "quality": {"$ref": "#/$defs/expression", "description": "A bar where 'when' is true and this is not is passed over."},
                "within": {"$ref": "#/$defs/expression", "description": "n bars after the step before."},
                "else": {"enum": ["stop", "restart"], "default": "stop"},
                "next": {"$ref": "#/$defs/expression", "description": "Short for 'when' with 'within: 1 bars'."}
              }
            },
            "exit": {
              "type": "object", "additionalProperties": false,
              "properties": {
                "when": {"$ref": "#/$defs/expression"},
                "share": {"$ref": "#/$defs/expression"},
                "after": {"$ref": "#/$defs/expression", "description": "n bars"}
              }
            },
            "setup": {
              "type": "object", "additionalProperties": false,
              "properties": {
                "name": {"type": "string", "default": "setup"},
                "side": {"enum": ["long", "short"], "default": "long"},
                "window": {
                  "type": "array", "minItems": 2, "maxItems": 2, "items": {"$ref": "#/$defs/expression"},
                  "description": "First and last open time of bars at which steps may hold."
                },
                "trades": {"$ref": "#/$defs/expression", "description": "Trades of this setup a session at most."},
                "steps": {
                  "type": "array",
                  "items": {
                    "type": "object", "minProperties": 1, "maxProperties": 1, "propertyNames": {"$ref": "#/$defs/name"},
                    "additionalProperties": {"anyOf": [{"$ref": "#/$defs/expression"}, {"$ref": "#/$defs/step"}]}
                  },
                  "description": "What has to happen, one after the other, one step a bar."
                },
                "cancel": {"$ref": "#/$defs/expression", "description": "Starts over where it is true, until the entry is filled."},
                "entry": {
                  "anyOf": [
                    {"const": "market"},
                    {
                      "type": "object", "additionalProperties": false,
                      "properties": {
                        "stop": {"$ref": "#/$defs/expression"},
                        "limit": {"$ref": "#/$defs/expression"},
                        "at": {"$ref": "#/$defs/expression"},
                        "for": {"$ref": "#/$defs/expression"},
                        "until": {"$ref": "#/$defs/expression"}
                      }
                    }
                  ],
                  "default": "market"
                },
                "stop": {
                  "anyOf": [
                    {"$ref": "#/$defs/expression"},
                    {
                      "type": "object", "required": ["price"], "additionalProperties": false,
                      "properties": {"price": {"$ref": "#/$defs/expression"}, "when": {"$ref": "#/$defs/expression"}}
                    }
                  ]
                },
                "target": {"$ref": "#/$defs/expression"},
                "targets": {
                  "type": "array",
                  "items": {
                    "type": "object", "required": ["at", "share"], "additionalProperties": false,
                    "properties": {"at": {"$ref": "#/$defs/expression"}, "share": {"$ref": "#/$defs/expression"}}
                  }
                },
                "trail": {
                  "type": "object", "additionalProperties": false,
                  "oneOf": [{"required": ["by"]}, {"required": ["to"]}],
                  "properties": {
                    "by": {"$ref": "#/$defs/expression"},
                    "to": {"$ref": "#/$defs/expression"},
                    "after": {"$ref": "#/$defs/expression"}
                  }
                },
                "breakeven": {
                  "type": "object", "required": ["to"], "additionalProperties": false,
                  "properties": {"after": {"$ref": "#/$defs/expression"}, "to": {"$ref": "#/$defs/expression"}}
                },
                "exits": {
                  "type": "array",
                  "items": {
                    "type": "object", "minProperties": 1, "maxProperties": 1, "propertyNames": {"$ref": "#/$defs/name"},
                    "additionalProperties": {"anyOf": [{"$ref": "#/$defs/expression"}, {"$ref": "#/$defs/exit"}]}
                  }
                }
              }
            }
          }
        }
        """#
}
