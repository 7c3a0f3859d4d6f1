#![doc = "Kabao."]
