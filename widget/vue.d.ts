// Written by manifest.js from the class comments of the elements: change it there.
import type { DefineComponent } from 'vue'

/** The attributes of <offset-button>, but for `key`, which frameworks keep for themselves. */
export interface OffsetButtonAttributes {
  /** The address of the API; by default the origin that this script came from. */
  'api'?: string
  /** Whole tonnes, 1 to 1,000,000. Default 1; goes before `budget`. */
  'tonnes'?: number | string
  /** The most to spend in dollars, fees included, such as `50` or `49.50`. */
  'budget'?: string
  /** Only these host countries, such as `KE,UG`. */
  'hosts'?: string
  /** Only these technologies, such as `hydro,solar`. */
  'technologies'?: string
  /** Only these projects, by CDM reference, such as `0037,0071`. */
  'projects'?: string
  /** Only reductions from this year on, 2000 to 2020. */
  'vintage-from'?: number | string
  /** Only reductions up to this year, 2000 to 2020. */
  'vintage-to'?: number | string
  /** The most for one tonne in dollars, such as `3.50`. */
  'max-price'?: string
  /** Fills in the name on the certificate, at most 120 characters. */
  'beneficiary'?: string
  /** Fills in the purpose on the certificate, at most 240 characters. */
  'purpose'?: string
  /** How the button looks. Default `solid`. */
  'appearance'?: 'solid' | 'outline' | 'plain'
  /** 32, 44 or 56 px high. Default `m`. */
  'size'?: 's' | 'm' | 'l'
  /** A button that opens a panel, or the panel itself as a card. */
  'mode'?: 'button' | 'inline'
  /** `--offset-accent` as an attribute, for pages that refuse inline styles. */
  'accent'?: string
  /** `--offset-ink` as an attribute. */
  'ink'?: string
  /** `--offset-paper` as an attribute. */
  'paper'?: string
  /** `--offset-font` as an attribute. */
  'font'?: string
  /** `--offset-radius` as an attribute. */
  'radius'?: string
  /** `--offset-width` as an attribute. */
  'width'?: string
  /** In a form: the field that carries the order's id once it is placed. */
  'name'?: string
  /** In a form: the form is not valid before the credits are cancelled. */
  'required'?: boolean
  /** The button cannot be pressed; also inside a disabled fieldset. */
  'disabled'?: boolean
}

/** The attributes of <offset-market>, but for `key`, which frameworks keep for themselves. */
export interface OffsetMarketAttributes {
  /** The address of the API; by default the origin that this script came from. */
  'api'?: string
  /** Shows in blue what a purchase of so many tonnes would take. */
  'tonnes'?: number | string
  /** Only these host countries, such as `KE,UG`. */
  'hosts'?: string
  /** Only these technologies, such as `hydro,solar`. */
  'technologies'?: string
  /** Only these projects, by CDM reference. */
  'projects'?: string
  /** Only reductions from this year on. */
  'vintage-from'?: number | string
  /** Only reductions up to this year. */
  'vintage-to'?: number | string
}

/** The attributes of <offset-counter>, but for `key`, which frameworks keep for themselves. */
export interface OffsetCounterAttributes {
  /** The address of the API; by default the origin that this script came from. */
  'api'?: string
}

/** The attributes of <offset-certificate>. */
export interface OffsetCertificateAttributes {
  /** The certificate's id: 26 small letters and digits, the end of its address. Required. */
  'certificate'?: string
  /** The address of the API; by default the origin that this script came from. */
  'api'?: string
}

/** Vue keeps `key` for lists: bind the publishable key as an attribute, `^key="pk_…"` or by a ref. */
declare module 'vue' {
  interface GlobalComponents {
    'offset-button': DefineComponent<
      OffsetButtonAttributes & {
        onOffsetOpen?: (event: CustomEvent<null>) => void
        onOffsetQuote?: (event: CustomEvent<import('./build/offset-button.d.ts').QuoteDetail>) => void
        onOffsetReserved?: (event: CustomEvent<import('./build/offset-button.d.ts').OrderDetail>) => void
        onOffsetPaid?: (event: CustomEvent<import('./build/offset-button.d.ts').OrderDetail>) => void
        onOffsetCancelled?: (event: CustomEvent<import('./build/offset-button.d.ts').OrderDetail>) => void
        onOffsetCertificate?: (event: CustomEvent<import('./build/offset-button.d.ts').CertificateDetail>) => void
        onOffsetError?: (event: CustomEvent<import('./build/offset-button.d.ts').ErrorDetail>) => void
      }
    >
    'offset-market': DefineComponent<
      OffsetMarketAttributes & {
        onOffsetError?: (event: CustomEvent<import('./build/market/offset-market.d.ts').ErrorDetail>) => void
      }
    >
    'offset-counter': DefineComponent<
      OffsetCounterAttributes & {
        onOffsetError?: (event: CustomEvent<import('./build/counter/offset-counter.d.ts').ErrorDetail>) => void
      }
    >
    'offset-certificate': DefineComponent<
      OffsetCertificateAttributes & {
        onOffsetChecked?: (event: CustomEvent<import('./build/certificate/offset-certificate.d.ts').CheckedDetail>) => void
      }
    >
  }
}
