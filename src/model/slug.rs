//! Ids made of names.

use crate::model::name::Words;

/// The id of a model with a name: small letters, digits and hyphens of ASCII.
pub(crate) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for word in Words::new(name).iter() {
        if word.is_apart {
            slug.push('-');
        }
        for c in word.text.chars() {
            match c {
                '+' => slug.push_str("-plus-"),
                c if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
                // Letters of other alphabets by their numbers, so that no two names are one id.
                c if c.is_alphanumeric() => slug.push_str(&format!("-u{:x}-", u32::from(c))),
                _ => slug.push('-'),
            }
        }
    }
    let words: Vec<&str> = slug.split('-').filter(|word| !word.is_empty()).collect();
    match words.is_empty() {
        true => "unnamed".to_owned(),
        false => words.join("-"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_small_letters_digits_and_hyphens() {
        for (name, id) in [
            ("Llama 3.1 405B", "llama-3-1-405b"),
            ("GPT-4o", "gpt-4o"),
            ("Command R+", "command-r-plus"),
            ("DALL·E 3", "dall-e-3"),
            ("紫东", "u7d2b-u4e1c"),
            ("!", "unnamed"),
        ] {
            assert_eq!(slug(name), id, "{name}");
        }
    }
}
